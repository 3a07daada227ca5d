/** The questions to ask of an incident. */

import * as api from '../lib/api'
import type { Asked, Plain } from './types'

export interface Questions {
  subjects: Asked[]
  plain: Plain[]
}

export const toAsk = (incident: string, stop: AbortSignal): Promise<Questions> => api.get(`/incidents/${encodeURIComponent(incident)}/questions`, stop)
export const questionsOf = (incident: string, stop: AbortSignal): Promise<Asked[]> => toAsk(incident, stop).then((told) => told.subjects)
