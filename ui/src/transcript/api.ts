/** A transcript read by the server, which keeps nothing of it. */

import * as api from '../lib/api'
import type { Reading, Role } from './types'

/** Who took part as what, as far as somebody said so. */
export type Cast = Readonly<Record<string, Role>>

export function read(incident: string, file: File, cast: Cast, stop: AbortSignal): Promise<Reading> {
  const form = new FormData()
  form.append('file', file, file.name)
  for (const [speaker, role] of Object.entries(cast)) if (role !== 'unknown') form.append('roles', `${role}=${speaker}`)
  return api.send('POST', `/incidents/${encodeURIComponent(incident)}/transcript`, form, stop)
}
