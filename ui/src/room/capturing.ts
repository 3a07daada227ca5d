/** A sentence on its way into the ledger: read back by the server, then kept under an id of its own. */

import { send } from '../lib/api'
import { insist } from '../lib/room.svelte'
import type { components } from '../lib/schema'
import type { ItemKind } from './types'

export type Preview = components['schemas']['Preview']
export type Slot = Preview['asked'][number]['slot']
export type Captured = components['schemas']['Item']
/** What stands in place of what the sentence was read as; "" names nobody, absent leaves it as read. */
export type Given = Partial<Record<'owner' | 'due' | 'verifier', string>>

const at = (incident: string): string => `/incidents/${encodeURIComponent(incident)}/meeting`

export interface Sentence {
  kind: ItemKind
  text: string
  about: string
}

export const read = (incident: string, sentence: Sentence, stop: AbortSignal): Promise<Preview> => send('POST', `${at(incident)}/reading`, sentence, stop)
export const keep = (incident: string, id: string, sentence: Sentence, given: Given, as_said: boolean): Promise<Captured> =>
  insist(`${at(incident)}/captures`, { id, ...sentence, ...given, as_said })
export const strike = (incident: string, id: string): Promise<undefined> => send('DELETE', `${at(incident)}/captures/${encodeURIComponent(id)}`)

/** What can be captured with one key, in the order of the bar. */
export const KINDS: readonly { kind: ItemKind; key: string; name: string; hint: string }[] = [
  { kind: 'action', key: 'a', name: 'action', hint: 'Who does what, by when, and who looks whether it works' },
  { kind: 'decision', key: 'd', name: 'decision', hint: 'What the room decided' },
  { kind: 'parked', key: 'p', name: 'park', hint: 'What is left for later' },
  { kind: 'hypothesis', key: 'y', name: 'hypothesis', hint: 'What may have made it possible' },
  { kind: 'evidence', key: 'v', name: 'evidence', hint: 'What should be looked up, and by whom' },
  { kind: 'account', key: 'o', name: 'account', hint: 'What somebody tells they saw, with its time' },
  { kind: 'factor', key: 'c', name: 'condition', hint: 'A condition that made it possible, without a person' },
]
