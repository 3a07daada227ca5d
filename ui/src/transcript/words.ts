/** What a label, a severity, a step or a slip is called where a person reads it: words about words, never about people. */

import { evidenceOf, spokenOf } from '../answers/api'
import type { Finding, Label, Move, OwnSlip, Role, Step } from './types'

const LABEL: Record<Label, string> = {
  blames_person: 'names a person as cause',
  blames_team: 'names a team as cause',
  counterfactual: 'compares with what did not happen',
  asks_for_name: 'asks for a person',
  stops_at_people: 'stops at a person’s slip',
  defends: 'answers a charge',
  presses: 'asks for consequences',
  self_blame: 'takes it on themselves',
}

const SLIP: Record<OwnSlip, string> = {
  defensive: 'answers a charge',
  leading: 'holds its own answer',
  hindsight: 'judges by what was known later',
}

const SEVERITY = ['', 'mild', 'clear', 'strong']

/** The ladder, from the smallest step. */
export const STEPS: readonly Step[] = ['note', 'nudge', 'redirect', 'firm', 'outside']

const STEP: Record<Step, string> = {
  note: 'Note',
  nudge: 'Nudge',
  redirect: 'Redirect',
  firm: 'Firm',
  outside: 'Outside the room',
  support: 'Support',
}

export const ROLES: readonly Role[] = ['unknown', 'facilitator', 'engineer', 'manager', 'executive', 'customer', 'observer']

/** What a cue asks for, as the filter names it. */
export type Kind = 'reply' | 'support' | 'answer' | 'own'

export const KINDS: readonly { kind: Kind; name: string }[] = [
  { kind: 'reply', name: 'Needs a reply' },
  { kind: 'support', name: 'Support' },
  { kind: 'answer', name: 'Answers' },
  { kind: 'own', name: 'Your own' },
]

const BY_MOVE: Record<Move, Kind | null> = { reply: 'reply', support: 'support', answer: 'answer', leave: null }

/** Which part of the filter a finding belongs to. What the facilitator said herself is hers alone. */
export function kindOf(one: Finding): Kind {
  return one.verdict.own_slips.length > 0 ? 'own' : (BY_MOVE[one.verdict.move] ?? 'reply')
}

export const stepName = (step: Step): string => STEP[step]
export const severityName = (severity: number): string => SEVERITY[severity] ?? ''

/** "names a person as cause, asks for a person" of a finding; of one whose words are no blame, what its moment is called. */
export function does(one: Finding): string {
  const { labels, move, own_slips } = one.verdict
  const bare = move === 'answer' ? 'asks for a fact' : (one.replies[0]?.title ?? '')
  return [...own_slips.map((slip) => SLIP[slip]), ...labels.map((label) => LABEL[label])].join(', ') || bare
}

/** "1:02:03" or "2:03" from the begin of the recording; "cue 14" where the file tells no times. */
export function at(cue: { number: number; start_s: number | null }): string {
  if (cue.start_s === null) return `cue ${cue.number}`
  const whole = Math.floor(cue.start_s)
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  return (parts[0] ? parts : parts.slice(1)).map((part, i) => (i ? String(part).padStart(2, '0') : part)).join(':')
}

/** All that is to be said aloud to a finding, `further` up the ladder; null where nothing is left to say. */
export function toSay(one: Finding, further: number): { text: string; evidence_ids: string[] } | null {
  if (one.card) return { text: spokenOf(one.card), evidence_ids: evidenceOf(one.card) }
  const reply = one.replies[further]
  return reply ? { text: [reply.text, reply.invitation].filter(Boolean).join(' '), evidence_ids: reply.evidence_ids } : null
}
