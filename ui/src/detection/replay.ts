/** What the section asks of the server: the document, and a rule whose line was moved. */

import { address, document, get, search } from '../lib/api'
import type { DetectionBody, Tried } from './types'

const of = (incident: string): string => `/incidents/${encodeURIComponent(incident)}/detection`

export const load = (incident: string, signal: AbortSignal): Promise<DetectionBody> =>
  document<DetectionBody>(incident, 'detection', signal).then((one) => one.body)

export const replay = (incident: string, key: string, value: number | null, signal: AbortSignal): Promise<Tried> =>
  get(`${of(incident)}/replay${search({ key, value })}`, signal)

export const ruleFile = (incident: string): string => address(`${of(incident)}/rules.yaml`)
