/** The transcript in hand, in this tab's memory alone: a reload forgets it. */

import { asProblem } from '../lib/resource.svelte'
import type { Problem } from '../lib/api'
import { read, type Cast } from './api'
import type { Reading } from './types'

interface Given {
  incident: string
  file: File | null
  cast: Cast
  reading: Reading | undefined
  problem: Problem | undefined
  busy: boolean
  /** Numbers of cues that a person said are no blame. */
  aside: readonly number[]
}

const NOTHING: Given = { incident: '', file: null, cast: {}, reading: undefined, problem: undefined, busy: false, aside: [] }

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

/** Have the server read `file`, with the roles that are known. */
export async function give(file: File, cast: Cast = {}): Promise<void> {
  stop.abort()
  const mine = new AbortController()
  stop = mine
  const isSame = file === given.file
  Object.assign(given, { file, cast, busy: true, problem: undefined, ...(isSame ? {} : { reading: undefined, aside: [] }) })
  try {
    const reading = await read(given.incident, file, cast, mine.signal)
    if (!mine.signal.aborted) given.reading = reading
  } catch (error) {
    if (!mine.signal.aborted) given.problem = asProblem(error)
  } finally {
    if (stop === mine) given.busy = false
  }
}
