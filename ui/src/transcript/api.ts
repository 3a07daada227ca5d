/** A transcript read by the server, which keeps nothing of it. */

import * as api from '../lib/api'
import type { Finding, Reading, Role } from './types'

/** Who took part as what, as far as somebody said so. */
export type Cast = Readonly<Record<string, Role>>

export interface Said {
  cast: Cast
  /** Numbers of cues that are no blame, as somebody said. */
  aside: readonly number[]
}

export function read(incident: string, file: File, said: Said, stop: AbortSignal): Promise<Reading> {
  const form = new FormData()
  form.append('file', file, file.name)
  for (const [speaker, role] of Object.entries(said.cast)) form.append('roles', `${speaker}=${role}`)
  for (const cue of said.aside) form.append('not_blame', String(cue))
  return api.send('POST', `/incidents/${encodeURIComponent(incident)}/transcript`, form, stop)
}

/** Each finding with what may be said to it. */
export function findingsOf(reading: Reading): Finding[] {
  const advice = new Map(reading.advice.map((one) => [one.cue, one]))
  return reading.conversation.findings.map(({ cue, verdict }) => ({ cue, verdict, replies: advice.get(cue)?.replies ?? [], card: advice.get(cue)?.card ?? null }))
}
