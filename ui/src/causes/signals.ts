/** Signals of an incident from the API, cut to the pixels of a small chart. */

import { get } from '../lib/api'
import type { Sample } from '../lib/chart'
import type { Moment, Time } from '../lib/types'

export interface DrawnSignal {
  key: string
  service: string
  peer: string | null
  indicator: string
  kind: string
  unit: string | null
  min: (number | null)[]
  max: (number | null)[]
  band: { low: number; high: number } | null
  limit: number | null
  onset: Moment | null
  recovered: Moment | null
  evidence_id: string
}

export interface Signals {
  grid: { start: Time; step_s: number; columns: number }
  signals: DrawnSignal[]
  total: number
}

const MOST = 200

/** The signals with these keys, over all that was recorded. */
export function signalsOf(incident: string, keys: readonly string[], width: number, signal?: AbortSignal): Promise<Signals> {
  const params = new URLSearchParams({ width: String(width), limit: String(MOST) })
  for (const key of keys) params.append('names', key)
  return get<Signals>(`/incidents/${encodeURIComponent(incident)}/signals?${params}`, signal)
}

/** Columns as samples: a column whose lowest and highest differ gives both, so that no spike is lost. */
export function samplesOf(all: Signals, one: DrawnSignal): Sample[] {
  const begin = Date.parse(all.grid.start)
  const step = all.grid.step_s * 1000
  return one.min.flatMap((low, i) => {
    const high = one.max[i] ?? null
    const at = begin + (i + 0.5) * step
    if (low === null || high === null || low === high) return [{ at, value: high }]
    return [{ at: at - step / 4, value: low }, { at: at + step / 4, value: high }]
  })
}
