/** The document on its way out: where it stands, its findings, its published versions, and to whom they went. */

import * as api from '../lib/api'
import type { components } from '../lib/schema'

type Schemas = components['schemas']

export type ReviewNow = Schemas['ReviewNow']
export type Check = Schemas['Check']
export type Publication = Schemas['Publication']
export type Circulation = Schemas['Circulation']
export type DiffLine = Schemas['DiffLine']
export type State = ReviewNow['review']['state']

const of = (incident: string, rest: string): string => `/incidents/${encodeURIComponent(incident)}${rest}`

export const readReview = (incident: string, stop?: AbortSignal): Promise<ReviewNow> => api.get(of(incident, '/review'), stop)
export const moveTo = (incident: string, state: Exclude<State, 'published'>, why = ''): Promise<ReviewNow> =>
  api.send('POST', of(incident, '/review/steps'), { state, why })
export const letPass = (incident: string, check: string, why: string): Promise<ReviewNow> =>
  api.send('POST', of(incident, '/review/overrides'), { check, why })
export const publish = (incident: string, note: string): Promise<Schemas['Published']> => api.send('POST', of(incident, '/versions'), { note })
export const letters = (incident: string, number: number, stop?: AbortSignal): Promise<Circulation> =>
  api.get(of(incident, `/versions/${number}/letters`), stop)
export const send = (incident: string, number: number, to: readonly string[], edition: Schemas['Edition'] | null): Promise<Circulation> =>
  api.send('POST', of(incident, `/versions/${number}/letters`), { to, edition })
export const diff = (incident: string, number: number, since: number, stop?: AbortSignal): Promise<{ lines: DiffLine[] }> =>
  api.get(of(incident, `/versions/${number}/diff${api.search({ since })}`), stop)
export const file = (incident: string, number: number, name: string): string => api.address(of(incident, `/versions/${number}/${name}`))

export const STATES: { state: State; name: string }[] = [
  { state: 'draft', name: 'Draft' },
  { state: 'in_review', name: 'In review' },
  { state: 'approved', name: 'Approved' },
  { state: 'published', name: 'Published' },
]

export const holdsBack = (check: Check): boolean => check.blocks && !check.override
