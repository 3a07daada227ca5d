/** The incident in view, shared by head, tabs, chips and pages: loaded once when its address is opened. */

import * as api from './api'
import { asProblem } from './resource.svelte'
import { viewerZone, zone } from './time.svelte'
import type { EvidenceItem, EvidenceList, Gap, IncidentDetail } from './types'

export const opened = $state<{
  id: string
  detail: IncidentDetail | undefined
  evidence: EvidenceList
  problem: api.Problem | undefined
}>({ id: '', detail: undefined, evidence: { evidence: [], gaps: [] }, problem: undefined })

/** Whether times can be told: no incident is in view, or the one in view has said in which zone. */
export function zoneIsKnown(): boolean {
  return opened.id === '' || opened.detail !== undefined
}

let wanted = 0
let restated = 0

/** Make `id` the incident in view; "" = none. Times are shown in its zone from then on. */
export async function open(id: string, again = false): Promise<void> {
  if (id === opened.id && !again) return
  const mine = (wanted += 1)
  if (id !== opened.id) Object.assign(opened, { detail: undefined, evidence: { evidence: [], gaps: [] } })
  Object.assign(opened, { id, problem: undefined })
  if (!id) {
    zone.shown = viewerZone
    return
  }
  try {
    const detail = await api.incident(id)
    // An incident that was never analysed has no evidence to ask for.
    const evidence = detail.status === 'open' ? { evidence: [], gaps: [] } : await api.evidence(id)
    if (mine !== wanted) return
    zone.shown = detail.time_zone
    Object.assign(opened, { detail, evidence })
  } catch (error) {
    const problem = asProblem(error)
    // Asked again for a page that is open: it stays, with what is typed there, unless it may not be read any more.
    if (mine === wanted && (!opened.detail || [403, 404].includes(problem.status))) opened.problem = problem
  }
}

/** How far the incident in view is now, after somebody said something that a stage takes in. */
export async function restate(): Promise<void> {
  const { id, detail } = opened
  if (!detail) return
  const mine = (restated += 1)
  try {
    const now = await api.incident(id)
    // Into what is shown: pages that read something else of it stay as they are, with what is typed there.
    if (opened.detail === detail && mine === restated) Object.assign(detail, { stages: now.stages, status: now.status, title: now.title, severity: now.severity, stands: now.stands })
  } catch (error) {
    if (asProblem(error).status === 404) opened.problem = asProblem(error)
  }
}

const byKey = $derived(
  new Map<string, EvidenceItem | Gap>([
    ...opened.evidence.evidence.flatMap((one) => [[one.id, one] as const, [one.label, one] as const]),
    ...opened.evidence.gaps.flatMap((one) => [[one.key, one] as const, [one.label ?? one.key, one] as const]),
  ]),
)

/** The evidence or gap with this id, key or label. */
export function found(key: string): EvidenceItem | Gap | undefined {
  return byKey.get(key)
}

/** "E07" or "G2" of an evidence id or gap key. */
export function labelOf(key: string): string {
  const it = byKey.get(key)
  return it?.label ?? (key.startsWith('gap/') ? 'gap' : key.replace(/^ev-.*/, 'E…'))
}
