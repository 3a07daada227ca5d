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
  /** The callee, where it is about calls of the service to it. */
  peer: string | null
  /** Of the person who put it forward. */
  words: string
  decision_ids: string[]
}

export type Result = 'held' | 'failed' | 'untold' | 'silent'

/** What became of one prediction of one hypothesis; `machine` is what the data say where a person marked it. */
export interface Cell {
  hypothesis: string
  subject: string
  result: Result
  machine: Result
  prediction: string
  observed: string
  circular: boolean
  evidence_ids: string[]
  decision_ids: string[]
  reason: string
}

export interface PredictionRow {
  key: string
  title: string
  observed: string
  /** 0 to 1. */
  weight: number
  /** 0 to 1. */
  separates: number
  cells: Cell[]
  evidence_ids: string[]
  signal_keys: string[]
  ask: string
}

export interface Column {
  hypothesis: string
  against_low: number
  against_high: number
  held: number
  /** From 1; 0 = does not compete to be where it began. */
  place: number
  fused_place: number
  votes_for: number
  votes_against: number
}

export interface Flip {
  row: string
  hypothesis: string
  sentence: string
  ask: string
}

export interface Objection {
  leader: string
  rival: string | null
  question: string
  doubts: { sentence: string; evidence_ids: string[] }[]
}

export interface Matrix {
  rows: PredictionRow[]
  columns: Column[]
  flips: Flip[]
  steadiness: string
  objection: Objection | null
  left_out: number
  orphaned_contributions: string[]
}

export interface Said {
  id: string
  subject: string
  verb: string
  text: string
  why: string
  actor: string
  at: string
}

/** The causes with all that people said so far; the stored document may be from before it. */
export interface Weighed {
  causes: CausesBody
  said: Said[]
  my_votes: { subject: string; vote: string }[]
  services: string[]
  in_document: boolean
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

/** One way in which a failure travelled over a call. */
export interface Sign {
  way: string
  sentence: string
  evidence_ids: string[]
}

/** A protection at a hop: what the data show of it, and what it would have spared. */
export interface Protection {
  guard: string
  state: 'missing' | 'late' | 'unknown'
  sentence: string
  spared: { low: number; high: number; unit: 'requests' | 'calls' | 's' } | null
  assumption: string
  evidence_ids: string[]
}

export interface Hop {
  callee: string
  caller: string
  mechanism: string
  callee_onset: Moment
  caller_onset: Moment
  sentence: string
  evidence_ids: string[]
  signs?: Sign[]
  protections?: Protection[]
}

export interface CausesBody {
  verdict: Verdict
  confidence: number
  hypotheses: Hypothesis[]
  methods: MethodRun[]
  cascade: Hop[]
  separating: string
  orphaned_decisions: string[]
  matrix: Matrix | null
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
