/** A transcript as it was read: its cues, what is found in them, and what the meeting as a whole holds. */

import type { Card } from '../answers/types'

export type Label = 'blames_person' | 'blames_team' | 'counterfactual' | 'asks_for_name' | 'stops_at_people' | 'defends' | 'presses' | 'self_blame'
export type OwnSlip = 'defensive' | 'leading' | 'hindsight'
export type Move = 'leave' | 'reply' | 'support' | 'answer'
export type Step = 'note' | 'nudge' | 'redirect' | 'firm' | 'outside' | 'support'
export type Role = 'facilitator' | 'engineer' | 'manager' | 'executive' | 'customer' | 'observer' | 'unknown'

export interface Cue {
  number: number
  start_s: number | null
  end_s: number | null
  speaker: string | null
  text: string
}

export interface Reason {
  basis: 'rule' | 'examples'
  name: string
  says: string
  words: string
}

/** Words to say, with the evidence of what they tell. */
export interface Reply {
  /** The hard moment that this is taken for. */
  title: string
  step: Step
  text: string
  evidence_ids: string[]
  /** What was raised, for the minutes, without its person. */
  point: string
  /** Asks another voice; "" where none fits. */
  invitation: string
  /** A note to one's own manager, only outside the room. */
  draft: string
}

export interface Verdict {
  labels: Label[]
  severity: number
  likely: number
  /** Characters [start, end) by code point. */
  target: { start: number; end: number } | null
  reasons: Reason[]
  move: Move
  own_slips: OwnSlip[]
  is_read: boolean
}

export interface Advice {
  cue: number
  /** The step to take now, then those that follow where the pattern goes on. */
  replies: Reply[]
  /** Answers a question of fact. */
  card: Card | null
}

/** What was read at a cue, and what may be said to it. */
export type Finding = Advice & { verdict: Verdict }

export interface Voice {
  name: string
  role: Role
  /** The role was read from the text, nobody told it. */
  is_inferred: boolean
  cues: number
  seconds: number | null
  share_ratio: number
}

/** What was said at a cue and counts for the meeting. */
export interface Item {
  cue: number
  text: string
}

export type Agreement = Item & { agreed_by: string[]; doubted_by: string[] }
export type Commitment = Item & { owner: string | null; due: string | null; consent: 'volunteered' | 'accepted' | 'asked' | 'declined' }
export type ExecutiveQuestion = Item & { speaker: string; is_pressure: boolean; answered_cue: number | null }
export type Claim = Item & { speaker: string | null }

export interface StepHeld {
  step: string
  cue: number | null
  minutes: number | null
}

export interface Interruption {
  cue: number
  speaker: string | null
  interrupted: string | null
}

export interface Conversation {
  voices: Voice[]
  unnamed_cues: number
  interruptions: Interruption[]
  agenda: StepHeld[]
  agreements: Agreement[]
  commitments: Commitment[]
  parked: Item[]
  claims: Claim[][]
  questions: ExecutiveQuestion[]
  findings: { cue: number; verdict: Verdict }[]
}

export interface Reading {
  transcript: { name: string; cues: Cue[]; rejects: [string, number][] }
  conversation: Conversation
  advice: Advice[]
  /** False: the incident has no documents, so no words tell a fact of it. */
  is_filled: boolean
}
