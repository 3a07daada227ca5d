/** What the API sends, by the names that pages use; the shapes are generated from its description (`npm run types`). */

import type { components } from './schema'

type Schemas = components['schemas']

/** RFC 3339, in UTC. */
export type Time = string
export type Window = Schemas['Window']
/** A time that is known within bounds; `provenance` says how. */
export type Moment = Schemas['Moment']
export type GapReason = Schemas['GapReason']
/** Missing data; its label ("G2") comes with the list of evidence. */
export type Gap = Omit<Schemas['Gap'], 'reason'> & { reason: GapReason; label?: string }
/** `query.query` names what was asked; the other fields are those of that query. */
export type EvidenceRef = Omit<Schemas['EvidenceRef'], 'query'> & { query: { query: string; [field: string]: unknown } }
export type DocumentKind = 'evidence' | 'timeline' | 'impact' | 'causes' | 'detection' | 'actions' | 'report'

export interface StoredDocument<Body> {
  envelope: Schemas['Envelope']
  body: Body
  hash: string
}

export interface Stage {
  kind: DocumentKind
  state: 'empty' | 'full' | 'stale'
}

export type SearchPage = Schemas['SearchPage']
export type Found = Schemas['Found']
export type Session = Schemas['Session']
/** A row of the list; `gaps` is null before the first analysis. */
export type Incident = Omit<Schemas['IncidentItem'], 'stages'> & { stages: Stage[] }
export type IncidentDetail = Omit<Schemas['Overview'], 'stages'> & { stages: Stage[] }
/** A figure with its doubt; `low` equals `high` where it was counted exactly. */
export type Measure = Schemas['Number']
export type Statement = Schemas['Statement']
/** A clock: what it waits for, since when, by when, and the work left for it in seconds. */
export type Deadline = Schemas['Clock']
export type EvidenceItem = Schemas['EvidenceItem']

export interface EvidenceList {
  evidence: EvidenceItem[]
  gaps: Gap[]
}

export type EvidencePage = Schemas['EvidencePage']
export type Job = Schemas['JobView']
export type Submitted = Schemas['Submitted']
/** A signal cut to the pixel: lowest and highest of each column, null = no data. */
export type DrawnSignal = Schemas['DrawnSignal']
export type DrawnSignals = Schemas['DrawnSignals']
export type TimelineEvent = Schemas['TimelineEvent']
export type Milestone = Schemas['Milestone']
/** A signal that left its usual band, and when. */
export type Onset = Schemas['Onset']
/** The body of the timeline's document, as its stage stores it. */
export type TimelineBody = Schemas['TimelineBody']
export type EventKind = TimelineEvent['kind']
/** Telemetry that was imported under one name. */
export type Recording = Schemas['RecordingItem']
export type ImportSummary = Schemas['ImportSummary']
export type MappingChange = Schemas['MappingGiven']
export type MappingView = Schemas['MappingView']
/** What people made of the timeline since its document was written, and what stands beside it. */
export type TimelineNow = Schemas['TimelineNow']
export type Amended = Schemas['Amended']
export type SetAside = Schemas['SetAside']
export type Raised = Schemas['Raised']
export type TimelineHistory = Schemas['EntryHistory']
export type SkewPreview = Schemas['SkewPreview']
export type MilestoneKind = Milestone['kind']

/** The live room of a meeting, part by part. */
export type RoomSeen = Schemas['RoomSeen']
export type RoomParts = Schemas['RoomParts']
export type RoomClock = Schemas['ClockSeen']
export type RoomBox = Schemas['BoxSeen']
export type RoomHand = Schemas['HandSeen']
export type RoomPoll = Schemas['PollSeen']
/** A line of the board. */
export type RoomLine = Schemas['LineSeen']
export type RoomMessage = Schemas['MessageSeen']
export type RoomConsent = Schemas['ConsentSeen']
export type RoomPerson = Schemas['PersonSeen']
/** What everybody in a room may do. */
export type Said = Schemas['SaidGiven']
/** What who leads may do. */
export type Led = Schemas['LedGiven']
/** An act is durable; its place in the room's log. */
export type RoomDone = Schemas['RoomDone']

/** What the facilitators of a live meeting see, and nobody else. */
export type RailView = Schemas['RailView']
export type RailCard = Schemas['CoachCard']
export type RailWords = Schemas['RailWords']
export type CuesTaken = Schemas['CuesTaken']
export type RailDoes = Schemas['RailActGiven']['does']
