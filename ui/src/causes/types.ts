/** The bodies of the documents behind the causes page, as the stages store them. */

import type { EvidenceRef, Moment, Window } from '../lib/types'

export type Verdict = 'supported' | 'inconclusive' | 'none'

export interface Argument {
  method: string
  sentence: string
  /** 0 to 1. */
  weight: number
  evidence_ids: string[]
}

export interface Hypothesis {
  key: string
  service: string
  indicator: string
  mechanism: string
  part: string
  score: number
  /** Share of belief beside its rivals, 0 to 1. */
  confidence: number
  onset: Moment | null
  change_key: string | null
  arguments_for: Argument[]
  arguments_against: Argument[]
  standing: string
}

export interface Ranked {
  service: string
  indicator: string
  score: number
  evidence_ids: string[]
  sentence: string
}

export interface MethodRun {
  name: string
  state: string
  detail: string
  ranking: Ranked[]
}

export interface Hop {
  callee: string
  caller: string
  mechanism: string
  callee_onset: Moment
  caller_onset: Moment
  sentence: string
  evidence_ids: string[]
}

export interface CausesBody {
  verdict: Verdict
  confidence: number
  hypotheses: Hypothesis[]
  methods: MethodRun[]
  cascade: Hop[]
  separating: string
  orphaned_decisions: string[]
  evidence: EvidenceRef[]
}

/** A shape of log lines: how often in the incident, and how often outside it. */
export interface Pattern {
  service: string
  pattern: string
  severity: string
  rows: number
  reference_rows: number
  evidence_id: string
}

export interface CallEdge {
  caller: string
  callee: string
  calls: number
  evidence_id: string
}

/** What the causes and impact pages read of the evidence document. */
export interface EvidenceBody {
  window: Window
  services: string[]
  entry_services: string[]
  edges: CallEdge[]
  patterns: Pattern[]
}

export interface ActionItem {
  key: string
  title: string
  kind: string
  evidence_ids: string[]
}

export interface ActionsBody {
  items: ActionItem[]
}
