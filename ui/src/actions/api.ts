/** The plan over HTTP; every change answers with the whole of it as it is after. */

import * as api from '../lib/api'
import type { components } from '../lib/schema'

type Schemas = components['schemas']
export type Planned = Schemas['Planned']
export type PlannedAction = Schemas['PlannedAction']
export type Factor = Schemas['Factor']
export type Lesson = Schemas['Lesson']
export type Warned = Schemas['Warned']
export type Vague = Schemas['Vague']
export type State = Schemas['ActionState']
export type Proposal = Schemas['ActionItem']
export type ActionGiven = Schemas['ActionGiven']

const of = (id: string): string => `/incidents/${encodeURIComponent(id)}/plan`
const item = (id: string, key: string): string => `${of(id)}/actions/${encodeURIComponent(key.replace('action/item/', ''))}`

export const load = (id: string, stop?: AbortSignal): Promise<Planned> => api.get(of(id), stop)
export const vague = (id: string, text: string, stop?: AbortSignal): Promise<Vague[]> =>
  api.get(`${of(id)}/wording${api.search({ text })}`, stop)

export const addAction = (id: string, given: Schemas['ActionAdded']): Promise<Planned> => api.send('POST', `${of(id)}/actions`, given)
export const editAction = (id: string, key: string, given: ActionGiven): Promise<Planned> => api.send('PUT', item(id, key), given)
export const own = (id: string, key: string, owner: string): Promise<Planned> => api.send('PUT', `${item(id, key)}/owner`, { owner })
export const nobodyOwns = (id: string, key: string): Promise<Planned> => api.send('DELETE', `${item(id, key)}/owner`)
export const answer = (id: string, key: string, accept: boolean, why: string): Promise<Planned> =>
  api.send('POST', `${item(id, key)}/ownership`, { accept, why })
export const verifier = (id: string, key: string, who: string): Promise<Planned> => api.send('PUT', `${item(id, key)}/verifier`, { verifier: who })
export const nobodyLooks = (id: string, key: string): Promise<Planned> => api.send('DELETE', `${item(id, key)}/verifier`)
export const answerLook = (id: string, key: string, accept: boolean): Promise<Planned> =>
  api.send('POST', `${item(id, key)}/verifying`, { accept, why: '' })
export const due = (id: string, key: string, day: string, why: string): Promise<Planned> => api.send('PUT', `${item(id, key)}/due`, { due: day, why })
export const advance = (id: string, key: string, progress: State, why: string): Promise<Planned> =>
  api.send('PUT', `${item(id, key)}/progress`, { progress, why })

export const followUp = (id: string, day: string, why: string): Promise<Planned> => api.send('PUT', `${of(id)}/follow-up`, { day, why })
export const calendar = (id: string): string => `${of(id)}/calendar.ics`
export const entry = (id: string, key: string): string => `${item(id, key)}/calendar.ics`

export const addFactor = (id: string, given: Schemas['FactorGiven']): Promise<Planned> => api.send('POST', `${of(id)}/factors`, given)
export const changeFactor = (id: string, given: Schemas['FactorChanged']): Promise<Planned> => api.send('PUT', `${of(id)}/factors`, given)
export const addLink = (id: string, given: Schemas['FactorLinkGiven']): Promise<Planned> => api.send('POST', `${of(id)}/links`, given)
export const addLesson = (id: string, given: Schemas['LessonGiven']): Promise<Planned> => api.send('POST', `${of(id)}/lessons`, given)
export const addRisk = (id: string, given: Schemas['RiskGiven']): Promise<Planned> => api.send('POST', `${of(id)}/risks`, given)
export const takeOut = (id: string, name: string): Promise<Planned> => api.send('POST', `${of(id)}/removals`, { name })
