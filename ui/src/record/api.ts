/** An incident's own data over HTTP; every change answers with the whole of it as it is after. */

import * as api from '../lib/api'
import type { components } from '../lib/schema'

export type RecordView = components['schemas']['RecordView']
export type IncidentRecord = components['schemas']['IncidentRecord']
export type Assumed = components['schemas']['Assumed']
export type SeverityRule = components['schemas']['SeverityRule']
export type FieldName = components['schemas']['Field']

const of = (id: string): string => `/incidents/${encodeURIComponent(id)}`

export const load = (id: string, stop?: AbortSignal): Promise<RecordView> => api.get(`${of(id)}/record`, stop)
export const change = (id: string, field: FieldName, value: string, why: string): Promise<RecordView> =>
  api.send('PUT', `${of(id)}/record/${field}`, { value, why })
export const takeBack = (id: string, decision: string): Promise<RecordView> =>
  api.send('DELETE', `${of(id)}/record/changes/${encodeURIComponent(decision)}`)
export const takeRole = (id: string, role: string, who: string, note: string, since: string | null): Promise<RecordView> =>
  api.send('POST', `${of(id)}/roles`, { role, who, note, since })
export const leaveRole = (id: string, role: string): Promise<RecordView> => api.send('DELETE', `${of(id)}/roles/${role}`)
