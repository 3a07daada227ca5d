/** The end of a meeting over HTTP. */

import * as api from '../lib/api'
import type { components } from '../lib/schema'

type Schemas = components['schemas']
export type WrapUp = Schemas['WrapUp']
export type Summary = Schemas['Summary']
export type PulseQuestion = Schemas['PulseQuestion']
export type BeforeClosing = Schemas['BeforeClosing']
export type OwnNotes = Schemas['OwnNotesNow']
export type Grades = Record<string, number>

const of = (id: string): string => `/incidents/${encodeURIComponent(id)}/meeting`

export const load = (id: string, stop?: AbortSignal): Promise<WrapUp> => api.get(`${of(id)}/wrap-up`, stop)
export const closing = (id: string, stop?: AbortSignal): Promise<BeforeClosing> => api.get(`${of(id)}/rail/closing`, stop)
/** An executive's question was answered, for every facilitator. */
export const answered = (id: string, cue: number): Promise<unknown> => api.send('POST', `${of(id)}/rail`, { does: { act: 'used', cue } })
/** What you wrote down for yourself in the meeting that is on; nobody else is told, and its end takes it along. */
export const ownNotes = (id: string, stop?: AbortSignal): Promise<OwnNotes> => api.get(`${of(id)}/rail/notes`, stop)
export const writeOwnNotes = (id: string, text: string, version: number): Promise<OwnNotes> =>
  api.send('PUT', `${of(id)}/rail/notes`, { text, version })
export const summary = (id: string, stop?: AbortSignal): Promise<Summary> => api.get(`${of(id)}/summary`, stop)
export const send = (id: string): Promise<Summary> => api.send('POST', `${of(id)}/summary/letters`)
export const pulse = (id: string, grades: Grades): Promise<PulseQuestion[]> => api.send('POST', `${of(id)}/pulse`, grades)
/** The follow-up meeting and every due day, for a calendar. */
export const calendar = (id: string): string => `/api/v1/incidents/${encodeURIComponent(id)}/plan/calendar.ics`
