/** The body of the impact document, as the stage stores it. */

import type { EvidenceRef, Moment, Window } from '../lib/types'

export interface Figure {
  key: string
  value: number
  low: number
  high: number
  unit: string
  sample_size: number | null
  basis: string
  evidence_ids: string[]
}

export interface ServiceReach {
  service: string
  indicator: string
  moment: Moment
  hops_from_entry: number | null
  error_ratio_before: number | null
  error_ratio_during: number | null
  evidence_ids: string[]
}

export interface Burn {
  objective: string
  service: string
  target_ratio: number
  period_days: number
  total: number
  bad: number
  spent: Figure
  burn_rate: number
  evidence_ids: string[]
}

export interface ImpactBody {
  window: Window | null
  figures: Figure[]
  reach: ServiceReach[]
  burns: Burn[]
  durations: Figure[]
  unknowns: string[]
  evidence: EvidenceRef[]
}
