/** The transcript in hand, in this tab's memory alone: a reload forgets it. */

import type { Problem } from '../lib/api'
import { asProblem } from '../lib/resource.svelte'
import { read, type Said } from './api'
import type { Reading } from './types'

interface Given {
  incident: string
  file: File | null
  said: Said
  reading: Reading | undefined
  problem: Problem | undefined
  busy: boolean
}

const NOTHING: Given = { incident: '', file: null, said: { cast: {}, aside: [] }, reading: undefined, problem: undefined, busy: false }

export const given = $state<Given>({ ...NOTHING })

let stop = new AbortController()

/** Begin anew with `incident` in view; a transcript that is in hand for it stays. */
export function meet(incident: string): void {
  if (given.incident !== incident) forget(incident)
}

/** Let go of the transcript in hand. */
export function forget(incident: string): void {
  stop.abort()
  Object.assign(given, NOTHING, { incident })
}

/** Have the server read `file`. */
export function give(file: File): Promise<void> {
  Object.assign(given, NOTHING, { incident: given.incident, file })
  return reread(NOTHING.said)
}

/** Have the server read the file in hand again, with what somebody said of it; what is in view stays until then. */
export async function reread(said: Partial<Said> = {}): Promise<void> {
  if (!given.file) return
  stop.abort()
  const mine = new AbortController()
  stop = mine
  Object.assign(given, { said: { ...given.said, ...said }, busy: true, problem: undefined })
  try {
    const reading = await read(given.incident, given.file, given.said, mine.signal)
    if (!mine.signal.aborted) given.reading = reading
  } catch (error) {
    if (!mine.signal.aborted) given.problem = asProblem(error)
  } finally {
    if (stop === mine) given.busy = false
  }
}
