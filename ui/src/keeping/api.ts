/** How long things are kept, over HTTP. */

import * as api from '../lib/api'
import type { components } from '../lib/schema'

export type Retention = components['schemas']['Retention']
export type Went = components['schemas']['Went']
export type Due = components['schemas']['Due']
export type TombstoneList = components['schemas']['TombstoneList']
export type HoldState = components['schemas']['HoldState']

export const load = (stop?: AbortSignal): Promise<Retention> => api.get('/retention', stop)
export const change = (telemetry: number | null, names: number | null): Promise<Retention> =>
  api.send('PUT', '/retention', { telemetry_days: telemetry, names_days: names })
export const apply = (): Promise<Went> => api.send('POST', '/retention/rounds')

const of = (incident: string): string => `/incidents/${encodeURIComponent(incident)}`
export const hold = (incident: string, stop?: AbortSignal): Promise<HoldState> => api.get(`${of(incident)}/hold`, stop)
export const setHold = (incident: string, on: boolean, why: string): Promise<HoldState> =>
  api.send('PUT', `${of(incident)}/hold`, { on, why })
export const tombstones = (stop?: AbortSignal): Promise<TombstoneList> => api.get('/tombstones', stop)
export const remove = (incident: string, why: string): Promise<TombstoneList> => api.send('POST', '/tombstones', { deletes: incident, why })
