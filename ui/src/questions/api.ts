/** The questions to ask of an incident. */

import * as api from '../lib/api'
import type { Question } from './types'

export const questionsOf = (incident: string, stop: AbortSignal): Promise<Question[]> =>
  api.get<{ questions: Question[] }>(`/incidents/${encodeURIComponent(incident)}/questions`, stop).then((told) => told.questions)
