/** Files of an incident over HTTP; every change answers with all of them as they are after. */

import * as api from '../lib/api'
import type { components } from '../lib/schema'

export type Attached = components['schemas']['Attached']
export type AttachedFile = components['schemas']['AttachedFile']

export const path = (incident: string, file = ''): string =>
  `/incidents/${encodeURIComponent(incident)}/attachments${file && `/${encodeURIComponent(file)}`}`
export const load = (incident: string, stop?: AbortSignal): Promise<Attached> => api.get(path(incident), stop)
export function add(incident: string, file: File, note: string): Promise<Attached> {
  const form = new FormData()
  form.append('attachment', file, file.name)
  form.append('note', note)
  return api.send('POST', path(incident), form)
}
export const remove = (incident: string, file: string): Promise<Attached> => api.send('DELETE', path(incident, file))
