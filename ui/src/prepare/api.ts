/** The days before the meeting over HTTP; every change of the plan answers with the whole of it as it is after. */

import * as api from '../lib/api'
import type { components } from '../lib/schema'

type Schemas = components['schemas']
export type Prepared = Schemas['Prepared']
export type Box = Schemas['AgendaBox']
export type Attendee = Schemas['Attendee']
export type Point = Schemas['AgendaPoint']
export type Template = Schemas['Template']
export type Outcome = Schemas['PointOutcome']
export type InvitationNow = Schemas['InvitationNow']
export type Statement = Schemas['OpeningStatement']
export type Brief = Schemas['Brief']
export type PreBriefs = Schemas['PreBriefs']
export type ExecutiveNote = Schemas['ExecutiveNote']
export type Card = Schemas['AnonymousCard']

const of = (id: string): string => `/incidents/${encodeURIComponent(id)}/meeting`
const plan = (id: string): string => `${of(id)}/plan`

export const load = (id: string, stop?: AbortSignal): Promise<Prepared> => api.get(plan(id), stop)
export const template = (id: string, value: Template): Promise<Prepared> => api.send('PUT', `${plan(id)}/template`, { template: value })
export const time = (id: string, at: string): Promise<Prepared> => api.send('PUT', `${plan(id)}/time`, { at, why: '' })
export const place = (id: string, value: string): Promise<Prepared> => api.send('PUT', `${plan(id)}/place`, { place: value })
export const minutes = (id: string, box: string, value: number | null): Promise<Prepared> =>
  api.send('PUT', `${plan(id)}/boxes/${encodeURIComponent(box)}/minutes`, { minutes: value })
export const aim = (id: string, box: string, words: string): Promise<Prepared> =>
  api.send('PUT', `${plan(id)}/boxes/${encodeURIComponent(box)}/aim`, { words })
export const list = (id: string, who: string, isIn: boolean): Promise<Prepared> => api.send('PUT', `${plan(id)}/people`, { who, is_in: isIn })
export const callOff = (id: string, off: boolean, why: string): Promise<Prepared> => api.send('PUT', `${plan(id)}/calling-off`, { off, why })
export const answer = (id: string, value: 'accepted' | 'declined', who: string): Promise<Prepared> =>
  api.send('PUT', `${plan(id)}/answer`, { answer: value, who, why: '' })
export const point = (id: string, kind: Point['kind'], box: string, words: string): Promise<Prepared> =>
  api.sendOnce('POST', `${plan(id)}/points`, { kind, box, words })
export const reply = (id: string, key: string, outcome: Outcome, words: string): Promise<Prepared> =>
  api.send('PUT', `${plan(id)}/points/${encodeURIComponent(key)}`, { outcome, words })

export const invitation = (id: string, stop?: AbortSignal): Promise<InvitationNow> => api.get(`${of(id)}/invitation`, stop)
export const invite = (id: string): Promise<InvitationNow> => api.send('POST', `${of(id)}/invitation`)
export const calendar = (id: string, sitting: number): string => api.address(`${of(id)}/calendar.ics?sitting=${sitting}`)
export const opening = (id: string, stop?: AbortSignal): Promise<Statement[]> => api.get(`${of(id)}/opening`, stop)
export const brief = (id: string, stop?: AbortSignal): Promise<Brief> => api.get(`${of(id)}/brief`, stop)
export const markdown = (id: string): string => api.address(`${of(id)}/brief.md`)

export const cards = (id: string, stop?: AbortSignal): Promise<Card[]> => api.get(`${of(id)}/cards`, stop)
/** Sent once and never again by itself: the server keeps no key for it, so a second one would stand beside the first. */
export const write = (id: string, text: string): Promise<Card> => api.send('POST', `${of(id)}/cards`, { text })
export const drop = (id: string, card: string): Promise<Card[]> => api.send('DELETE', `${of(id)}/cards/${encodeURIComponent(card)}`)

export const prebriefs = (id: string, stop?: AbortSignal): Promise<PreBriefs> => api.get(`${of(id)}/prebriefs`, stop)
export const spoken = (id: string, who: string, done: boolean, note: string): Promise<PreBriefs> => api.send('PUT', `${of(id)}/prebriefs`, { who, done, note })
export const executives = (id: string, stop?: AbortSignal): Promise<ExecutiveNote> => api.get(`${of(id)}/executives`, stop)
export const tellExecutives = (id: string): Promise<ExecutiveNote> => api.send('POST', `${of(id)}/executives`)
