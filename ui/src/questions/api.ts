/** The questions to ask of an incident. */

import * as api from '../lib/api'
import type { Asked } from './types'

export const questionsOf = (incident: string, stop: AbortSignal): Promise<Asked[]> =>
  api.get<{ subjects: Asked[] }>(`/incidents/${encodeURIComponent(incident)}/questions`, stop).then((told) => told.subjects)
