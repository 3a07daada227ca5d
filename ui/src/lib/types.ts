/** What the API sends: the names are those of the Python dataclasses, times are RFC 3339 in UTC. */

export type Time = string

export interface Window {
  start: Time
  end: Time
}

export interface Moment {
  earliest: Time
  latest: Time
  provenance: string
}

export type GapReason = 'no_data' | 'failed' | 'rejected' | 'unmapped' | 'not_recorded' | 'not_held' | 'redacted'

export interface Gap {
  key: string
  source: string
  window: Window | null
  reason: GapReason
  detail: string
  label?: string | null
}

export interface Query {
  query: string
  [field: string]: unknown
}

export interface EvidenceRef {
  id: string
  query: Query
  source: string
  result_hash: string
  rows: number
  columns: string[]
  fetched_at: Time
}

export interface StoredDocument<Body> {
  envelope: { kind: string; schema_version: number; code_version: string; inputs: [string, string][] }
  body: Body
  hash: string
}

export type DocumentKind = 'evidence' | 'timeline' | 'impact' | 'causes' | 'actions' | 'report'

export interface Stage {
  kind: DocumentKind
  state: 'empty' | 'full' | 'stale'
}

export interface Session {
  actor: string
  roles: string[]
  csrf: string
  version: string
  zone: string
}

export interface Incident {
  id: string
  title: string
  severity: string
  time_zone: string
  window: Window
  alarm_at: Time | null
  alarm_service: string | null
  status: string
  stages: Stage[]
  resolved_at: Time | null
  document_due: Time | null
  first_cause: string | null
  users_hit: number | null
  failed_requests: number | null
  gaps: number | null
}

/** A figure with its doubt; null bounds = not known better. */
export interface Measure {
  name: string
  value: number
  low: number | null
  high: number | null
  unit: string
  basis: string
  evidence: string[]
}

export interface Statement {
  text: string
  mark: string
  evidence: string[]
  gaps: string[]
}

export interface IncidentDetail extends Omit<Incident, 'gaps'> {
  bluf: Statement[]
  numbers: Measure[]
  uncertain: Statement[]
  settled: Statement[]
  gaps: Gap[]
  entities: { services: string[] }
}

export interface EvidenceItem {
  id: string
  label: string
  title: string
  kind: string
  window: Window
  rows: number
  result_hash: string
  fetched_at: Time
  source: string
  rests: number
}

export interface EvidenceList {
  evidence: EvidenceItem[]
  gaps: Gap[]
}

export interface ChartSeries {
  name: string
  unit: string
  values: (number | null)[]
  low: number | null
  high: number | null
}

export interface EvidenceChart {
  times: Time[]
  series: ChartSeries[]
}

export interface EvidencePage {
  id: string
  label: string
  title: string
  query: { kind: string; fields: Record<string, unknown> }
  source: string
  window: Window
  result_hash: string
  fetched_at: Time
  columns: string[]
  rows: unknown[][]
  total: number
  chart?: EvidenceChart | null
  rests_on_it: { document: string; key: string; text: string }[]
}

export interface Job {
  id: string
  kind: string
  state: string
  step: string | null
  done: number | null
  total: number | null
  error: string | null
  started: Time
  result?: unknown
}
