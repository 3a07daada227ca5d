/** Rehearsal as the API gives it, and what is asked of it. */

import { get, send } from '../lib/api'
import type { components } from '../lib/schema'

type Schemas = components['schemas']

export type Rehearsal = Schemas['Rehearsal']
export type PlayedTurn = Schemas['PlayedTurn']
export type Noted = Schemas['Noted']
export type Progress = Schemas['Progress']
export type RoomCard = Schemas['RoomCard']
export type Share = Schemas['Share']

/** A room with all answers so far. The server keeps none of them, so they are sent anew each time. */
export interface Play {
  room: string
  level: number
  seed: number
  incident: string
  answers: string[]
  session: string
}

export const LEVELS = [1, 2, 3] as const
export const MOST_PRESSURE = 10

export const rooms = (signal?: AbortSignal): Promise<RoomCard[]> =>
  get<{ rooms: RoomCard[] }>('/rehearsals', signal).then((answer) => answer.rooms)
export const play = (given: Play): Promise<Rehearsal> => send('POST', '/rehearsals', given)
export const progress = (signal?: AbortSignal): Promise<Progress> => get('/rehearsals/progress', signal)
export const forget = (): Promise<Progress> => send('DELETE', '/rehearsals/progress')
