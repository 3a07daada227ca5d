/** What the impact page reads: the impact document, and beside it timeline, evidence, signals and counted steps. */

import type { EvidenceBody } from '../causes/types'
import type { TimelineBody } from '../lib/types'
import type { Signals } from '../causes/signals'
import { document, evidencePage, get } from '../lib/api'
import { asProblem } from '../lib/resource.svelte'
import type { Step } from './phases'
import type { ImpactBody } from './types'

export interface Documents {
  impact: ImpactBody
  timeline: TimelineBody | undefined
  evidence: EvidenceBody | undefined
  signals: Signals | undefined
  steps: Counts | undefined
  /** What could not be read, and why. */
  without: string[]
}

/** Failed requests step by step over the stretch in which users were hit. */
export interface Counts {
  steps: Step[]
  step_ms: number
  evidence: string
}

const PAGE = 1000
const MOST = 5000 // steps; a longer outage is counted in longer steps
const COLUMNS = 600

export async function load(incident: string, signal: AbortSignal): Promise<Documents> {
  const without: string[] = []
  const beside = <T>(what: string, asked: Promise<T>): Promise<T | undefined> =>
    asked.catch((error: unknown) => {
      without.push(`${what}: ${asProblem(error).detail}`)
      return undefined
    })
  // Side by side, so that the page waits for two answers one after the other, not for three.
  const body = document<ImpactBody>(incident, 'impact', signal).then((one) => one.body)
  const recorded = beside('The evidence document could not be read', document<EvidenceBody>(incident, 'evidence', signal).then((one) => one.body))
  const [impact, timeline, evidence, signals, steps] = await Promise.all([
    body,
    beside('The timeline could not be read', document<TimelineBody>(incident, 'timeline', signal).then((one) => one.body)),
    recorded,
    recorded.then((told) => beside('The charts are missing', signalsAt(incident, told?.entry_services ?? [], signal))),
    body.then((told) => beside('Failures are not shared out by phase', counts(incident, told, signal))),
  ])
  return { impact, timeline, evidence, signals, steps, without }
}

async function signalsAt(incident: string, services: readonly string[], signal: AbortSignal): Promise<Signals | undefined> {
  if (services.length === 0) return undefined
  const params = new URLSearchParams({ width: String(COLUMNS), limit: '100' })
  for (const service of services) params.append('services', service)
  for (const name of ['error_ratio', 'latency_p95_ms']) params.append('names', name)
  return get<Signals>(`/incidents/${encodeURIComponent(incident)}/signals?${params}`, signal)
}

async function counts(incident: string, impact: ImpactBody, signal: AbortSignal): Promise<Counts | undefined> {
  const id = impact.figures.find((one) => one.key === 'figure/requests_failed')?.evidence_ids[0]
  const asked = impact.evidence.find((one) => one.id === id)?.query
  if (!id || typeof asked?.step_s !== 'number') return undefined
  const found = new Map<number, number>()
  for (let offset = 0; offset < MOST; offset += PAGE) {
    const page = await evidencePage(incident, id, offset, PAGE, signal)
    const [time, failed] = ['time', 'failed'].map((name) => page.columns.indexOf(name)) as [number, number]
    for (const row of page.rows) {
      const at = Date.parse(String(row[time]))
      found.set(at, (found.get(at) ?? 0) + Number(row[failed] ?? 0))
    }
    if (page.rows.length === 0 || offset + PAGE >= page.total) break
  }
  const steps = [...found].map(([at, failed]) => ({ at, failed })).sort((a, b) => a.at - b.at)
  return { steps, step_ms: asked.step_s * 1000, evidence: id }
}
