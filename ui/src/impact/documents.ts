/** What the impact page reads: the impact document, and beside it evidence and signals. */

import type { EvidenceBody } from '../causes/types'
import type { Signals } from '../causes/signals'
import { document, get } from '../lib/api'
import { asProblem } from '../lib/resource.svelte'
import type { ImpactBody } from './types'

export interface Documents {
  impact: ImpactBody
  evidence: EvidenceBody | undefined
  signals: Signals | undefined
  /** What could not be read, and why. */
  without: string[]
}

const COLUMNS = 600

export async function load(incident: string, signal: AbortSignal): Promise<Documents> {
  const without: string[] = []
  const beside = <T>(what: string, asked: Promise<T>): Promise<T | undefined> =>
    asked.catch((error: unknown) => {
      without.push(`${what}: ${asProblem(error).detail}`)
      return undefined
    })
  // Side by side, so that the page waits for two answers one after the other, not for three.
  const body = document<ImpactBody>(incident, 'impact', signal).then((one) => whole(one.body))
  const recorded = beside('The evidence document could not be read', document<EvidenceBody>(incident, 'evidence', signal).then((one) => one.body))
  const [impact, evidence, signals] = await Promise.all([
    body,
    recorded,
    recorded.then((told) => beside('The charts are missing', signalsAt(incident, told?.entry_services ?? [], signal))),
  ])
  return { impact, evidence, signals, without }
}

/** A document of an earlier version has no phases, blast radius or costs; it is marked stale beside. */
function whole(body: ImpactBody): ImpactBody {
  const burns = body.burns.map((one) => ({ ...one, phases: one.phases ?? [], windows: one.windows ?? [], periods: one.periods ?? [], definitions: one.definitions ?? [] }))
  return { ...body, burns, parts: body.parts ?? [], blast: body.blast ?? null, costs: body.costs ?? [], assumptions: body.assumptions ?? [] }
}

async function signalsAt(incident: string, services: readonly string[], signal: AbortSignal): Promise<Signals | undefined> {
  if (services.length === 0) return undefined
  const params = new URLSearchParams({ width: String(COLUMNS), limit: '100' })
  for (const service of services) params.append('services', service)
  for (const name of ['error_ratio', 'latency_p95_ms']) params.append('names', name)
  return get<Signals>(`/incidents/${encodeURIComponent(incident)}/signals?${params}`, signal)
}
