/** What the section asks of the server: the document, and a rule whose line was moved. */

import { address, document, get, search, send } from '../lib/api'
import type { DetectionBody, Proposals, Tried } from './types'

const of = (incident: string): string => `/incidents/${encodeURIComponent(incident)}/detection`

export const load = (incident: string, signal: AbortSignal): Promise<DetectionBody> =>
  document<DetectionBody>(incident, 'detection', signal).then((one) => one.body)

export const replay = (incident: string, key: string, value: number | null, signal: AbortSignal): Promise<Tried> =>
  get(`${of(incident)}/replay${search({ key, value })}`, signal)

export const ruleFile = (incident: string): string => address(`${of(incident)}/rules.yaml`)

export const proposals = (incident: string, signal: AbortSignal): Promise<Proposals> => get(`${of(incident)}/proposals`, signal)
export const propose = (incident: string, given: { rule: string; value: number | null; why: string }): Promise<Proposals> =>
  send('POST', `${of(incident)}/proposals`, given)
export const takeBack = (incident: string, rule: string): Promise<Proposals> =>
  send('DELETE', `${of(incident)}/proposals/${encodeURIComponent(rule)}`)
