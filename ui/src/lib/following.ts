/** The reckoning of the live channel: what concerns whom, what was missed, how long to wait. */

export interface Change {
  seq: number
  id: string
  subject: string
  kind: string
  actor: string
  at: string
}

const FIRST_MS = 500
const LONGEST_MS = 15_000

const TALK = ['comment', 'edit', 'resolve', 'reopen']

/** Whether a change is one of these kinds, or no talk and on one of these subjects. What takes back ("-") may be on any. */
export function touches(change: Change, prefixes: readonly string[], kinds: readonly string[] = []): boolean {
  if (change.subject === '-' || kinds.includes(change.kind)) return true
  return !TALK.includes(change.kind) && prefixes.some((prefix) => change.subject.startsWith(prefix))
}

/** True where the server knows less than the page has seen: the records are older, so all of the page is in doubt. */
export function missed(seen: number | null, head: number): boolean {
  return seen !== null && head < seen
}

/** Milliseconds before try number `tries` to connect again: half a second, doubled each time, at most 15 s. */
export function wait(tries: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (tries - 1))
}

/** Milliseconds before try number `tries` to be back in a live room: soon, and not all at the same moment. */
export function rejoin(tries: number, chance: number): number {
  const most = tries > 60 ? 5000 : 1000
  return Math.min(most, 200 * 2 ** (tries - 1)) * (0.7 + 0.6 * chance)
}
