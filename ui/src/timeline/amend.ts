/** What people say about the timeline: sent to the server, and its answer laid over the document. */

import { get, search, send } from '../lib/api'
import type { MilestoneKind, SkewPreview, TimelineBody, TimelineHistory, TimelineNow } from '../lib/types'

/** A time as a person gives it, and the zone that it was given in. */
export interface GivenTime {
  start: string
  end: string
  zone: string
}

export interface EventGiven {
  when: GivenTime
  title: string
  body: string
  service: string | null
  told_by: string | null
}

export interface EventEdited extends Partial<Omit<EventGiven, 'told_by'>> {
  event: string
  why: string
}

const at = (incident: string, part = ''): string => `/incidents/${encodeURIComponent(incident)}/timeline${part}`

export const amendments = (incident: string, signal?: AbortSignal): Promise<TimelineNow> => get(at(incident), signal)
export const history = (incident: string, event: string, signal?: AbortSignal): Promise<TimelineHistory> =>
  get(at(incident, `/history${search({ event })}`), signal)
export const skewPreview = (incident: string, source: string, seconds: number, signal?: AbortSignal): Promise<SkewPreview> =>
  get(at(incident, `/skew${search({ source, seconds })}`), signal)

/** One way to say something; each is kept as one decision, or as one contribution. */
export type Saying =
  | { part: 'events'; given: EventGiven }
  | { part: 'edits'; given: EventEdited }
  | { part: 'confirmations'; given: { event: string } }
  | { part: 'hidden'; given: { event: string; why: string } }
  | { part: 'merges'; given: { event: string; into: string; why: string } }
  | { part: 'notes'; given: { event: string; text: string } }
  | { part: 'links'; given: { message: string; subject: string; why: string } }
  | { part: 'milestones'; given: { milestone: MilestoneKind; start: string; end: string; event: string; why: string } }
  | { part: 'skews'; given: { source: string; seconds: number; why: string } }
  | { part: 'toggles'; given: { event: string; kind: 'star' | 'dig_here'; on: boolean } }
  | { part: 'reattached'; given: { decision: string; event: string } }

/** What the server keeps of it: its id takes it back, its subject is the entry that it made or changed. */
export interface Kept {
  id: string
  subject: string
}

export const said = (incident: string, saying: Saying): Promise<Kept> => send('POST', at(incident, `/${saying.part}`), saying.given)
export const takenBack = (incident: string, decision: string): Promise<Kept> =>
  send('DELETE', at(incident, `/decisions/${encodeURIComponent(decision)}`))

/** The document's timeline as it holds now. Without an answer yet, as the document has it. */
export function applied(body: TimelineBody, now: TimelineNow | undefined): TimelineBody {
  if (!now) return body
  const changed = new Map(now.changed.map((one) => [one.key, one]))
  const gone = new Set(now.gone)
  const untouched = changed.size || gone.size ? body.events.filter((one) => !gone.has(one.key) && !changed.has(one.key)) : body.events
  const onsets = now.onsets.length ? now.onsets : body.onsets
  return { ...body, events: [...untouched, ...changed.values()], milestones: now.milestones, onsets, aside: now.aside }
}

/** Milestones that a person can mark, in their usual order. */
export const MILESTONE_KINDS: readonly MilestoneKind[] = ['change_began', 'impact_began', 'detected', 'acknowledged', 'diagnosed', 'mitigation_began', 'resolved']

const SOURCES: Partial<Record<string, string>> = {
  alert: 'alerts', page: 'pages', chat: 'chat', deploy: 'deploys', config: 'configuration changes', flag: 'flags', command: 'commands',
  status: 'status page', orchestrator: 'orchestrator', code: 'code host', signals: 'metrics, traces and logs',
}

/** A source as a reader calls it, "Alerts of gateway" where it is one system of a kind. */
export function sourceName(source: string): string {
  const [kind = '', ...system] = source.split('/')
  const name = SOURCES[kind] ?? kind
  return system.length ? `${name} of ${system.join('/')}` : name
}
