/** Which entries a reader wants to see, written into the address so that a view can be sent to somebody else. */

import type { Choice } from './layout'
import type { Item } from './model'

export type Only = 'starred' | 'people' | 'unconfirmed' | 'hidden'

export const ONLY_WORDS: Record<Only, string> = {
  starred: 'Starred or dig here',
  people: 'Added or changed by people',
  unconfirmed: 'Told, not yet confirmed',
  hidden: 'Hidden and merged too',
}

const NAMES: [keyof Pick<Choice, 'hiddenKinds' | 'hiddenServices' | 'only'>, string][] = [['hiddenKinds', 'without'], ['hiddenServices', 'not'], ['only', 'only']]

/** The choice that an address holds; what it does not name is as it was. */
export function choiceIn(params: URLSearchParams, before: Choice): Choice {
  const set = (name: string): Set<string> => new Set((params.get(name) ?? '').split(',').filter(Boolean).map(decodeURIComponent))
  const sets = Object.fromEntries(NAMES.map(([field, name]) => [field, set(name)]))
  return { ...before, ...sets, text: params.get('text') ?? '' }
}

/** What the address has to hold for a choice; null takes it out. */
export function paramsOf(choice: Choice): Record<string, string | null> {
  const sets = NAMES.map(([field, name]) => [name, [...choice[field]].map(encodeURIComponent).join(',') || null])
  return { ...(Object.fromEntries(sets) as Record<string, string | null>), text: choice.text || null }
}

/** How many filters cut the list down. */
export function narrowed(choice: Choice): boolean {
  return choice.hiddenKinds.size > 0 || choice.hiddenServices.size > 0 || choice.only.size > 0 || choice.text !== ''
}

/** Whether an event passes `only` and the words searched for; milestones and gaps always do. */
export function passes(item: Item, choice: Choice): boolean {
  if (item.aside && !choice.only.has('hidden')) return false
  if (item.type !== 'event') return true
  if (choice.only.has('starred') && !item.stars && !item.digs) return false
  if (choice.only.has('people') && !item.byPeople) return false
  if (choice.only.has('unconfirmed') && !unconfirmed(item)) return false
  return choice.text === '' || `${item.title} ${item.body}`.toLowerCase().includes(choice.text.toLowerCase())
}

/** An account that its teller has not confirmed yet. */
export function unconfirmed(item: Item): boolean {
  return Boolean(item.amended?.told_by) && !item.amended?.confirmed
}
