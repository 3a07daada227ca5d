/** The plan of the meeting, as far as the room needs it: its agenda before the begin, and what nobody has answered. */

import { get } from '../lib/api'
import type { components } from '../lib/schema'

export type Prepared = components['schemas']['Prepared']

export const planOf = (incident: string, signal: AbortSignal): Promise<Prepared> => get(`/incidents/${encodeURIComponent(incident)}/meeting/plan`, signal)

/** Objections and additions to the agenda that have no answer, as they are read in the opening. */
export function unanswered(prepared: Prepared | undefined): string[] {
  return prepared?.plan.points.filter((one) => !one.outcome).map((one) => `${one.by}: ${one.words}`) ?? []
}

export type Statement = components['schemas']['OpeningStatement']

/** The opening statement in its three lengths. */
export const openingOf = (incident: string, signal: AbortSignal): Promise<Statement[]> => get(`/incidents/${encodeURIComponent(incident)}/meeting/opening`, signal)
