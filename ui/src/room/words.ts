/** What the room says of its own things. */

import type { ConsentKind, ItemKind, Ownership, Parts } from './types'

export const ITEM_WORDS: Record<ItemKind, string> = {
  action: 'Action',
  decision: 'Decision',
  parked: 'Parked',
  hypothesis: 'Hypothesis',
  evidence: 'Evidence called for',
  account: 'Account',
  factor: 'Possible factor',
  card: 'Anonymous card',
}

export const OWNERSHIP_WORDS: Record<Ownership, string> = {
  nobody: 'nobody asked yet',
  asked: 'asked',
  accepted: 'taken on',
  declined: 'declined',
}

export interface ConsentWords {
  title: string
  /** What agreeing means. */
  means: string
}

export const CONSENT_WORDS: Record<ConsentKind, ConsentWords> = {
  captions: { title: 'May what is said be read along?', means: 'Captions are read on this server to help the facilitator, and are gone when the meeting closes.' },
  audio: { title: 'May microphones be captioned here?', means: 'Sound becomes captions on this server. No sound is stored, and the captions are gone when the meeting closes.' },
  transcript: { title: 'May the transcript be kept?', means: 'Captions stay after the end, with roles in place of names. They are kept only if all who are here agree.' },
}

/** Whether everybody who came in agreed that the transcript stays, also who has left. */
export function staysTranscript({ consents, people }: Pick<Parts, 'consents' | 'people'>): boolean {
  return consents.some((one) => one.what === 'transcript' && one.agreed > 0 && one.agreed >= people.length)
}

export interface PollWords {
  question: string
  choices: string[]
}

/** Questions that are one key away; a fourth is the facilitator's own. */
export const POLLS: readonly PollWords[] = [
  { question: 'Was this new to you?', choices: ['Yes', 'Partly', 'No'] },
  { question: 'Are we confident in this?', choices: ['Yes', 'Partly', 'No'] },
  { question: 'Do we commit to these actions?', choices: ['Yes', 'On a condition', 'No'] },
]
