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
  label?: string
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

interface IncidentFacts {
  id: string
  title: string
  severity: string
  time_zone: string
  window: Window
  recordings: string[]
  alarm_at: Time | null
  alarm_service: string | null
  status: 'open' | 'analysed' | 'stale'
  stages: Stage[]
  resolved_at: Time | null
  document_due: Time | null
  /** The explanation that leads, as a clause. */
  first_cause: string | null
  users_hit: number | null
  failed_requests: number | null
}

/** A row of the list; `gaps` is null before the first analysis. */
export interface Incident extends IncidentFacts {
  gaps: number | null
}

/** A figure with its doubt; `low` equals `high` where it was counted exactly. */
export interface Measure {
  name: string
  value: number
  low: number
  high: number
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

export interface IncidentDetail extends IncidentFacts {
  bluf: Statement[]
  numbers: Measure[]
  uncertain: Statement[]
  settled: Statement[]
  gaps: Gap[]
  labels: { id: string; label: string }[]
  entities: { services: string[]; entry_services: string[] }
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
  unit: string | null
  values: (number | null)[]
  low: number | null
  high: number | null
}

/** `beside`: drawn from other evidence, because this piece holds counts or a list. */
export interface EvidenceChart {
  times: Time[]
  series: ChartSeries[]
  beside: boolean
}

export interface EvidencePage {
  id: string
  label: string
  title: string
  query: { kind: string; fields: { name: string; value: string }[] }
  source: string
  window: Window
  result_hash: string
  fetched_at: Time
  columns: string[]
  rows: unknown[][]
  total: number
  chart: EvidenceChart | null
  rests_on_it: { document: string; key: string; section: string; text: string }[]
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

/** A signal cut to the pixel: lowest and highest of each column, null = no data. */
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
  extreme: number | null
  limit: number | null
  onset: Moment | null
  recovered: Moment | null
  weight: number
  evidence_id: string
}

export interface DrawnSignals {
  grid: { start: Time; step_s: number; columns: number }
  signals: DrawnSignal[]
  total: number
}

export interface TimelineEvent {
  key: string
  moment: Moment
  kind: 'change' | 'alert' | 'signal' | 'chat' | 'command' | 'status' | 'orchestrator' | 'added'
  service: string | null
  title: string
  body: string
  actor: string | null
  evidence_ids: string[]
  decision_ids: string[]
  attributes: [string, string][]
}

export interface Milestone {
  key: string
  kind: 'change_began' | 'impact_began' | 'detected' | 'acknowledged' | 'diagnosed' | 'mitigation_began' | 'resolved'
  moment: Moment | null
  reason: string
  evidence_ids: string[]
  decision_ids: string[]
}

/** A recording: telemetry that was imported under one name. */
export interface Recording {
  name: string
  rows: Record<string, number>
  window: Window | null
  rejected: number
  gaps: Gap[]
  services: string[]
}

/** One imported file; `failures` say, one sentence each, what could not be read and where. */
export interface ImportedFile {
  path: string
  source: string | null
  rows: Record<string, number>
  rejected: number
  rejects: { line: number | null; reason: string; count: number }[]
  failures: string[]
}

/** A label of the files and what it became; "" = it stayed an attribute. */
export interface LabelUse {
  label: string
  becomes: string
  rows: number
  values: number
  examples: string[]
}

export interface ServiceName {
  seen: string
  meant: string
  rows: number
}

export interface ImportSummary {
  recording: string
  files: ImportedFile[]
  gaps: Gap[]
  labels: LabelUse[]
  services: ServiceName[]
  incidents: { id: string; title: string }[]
}

/** What a person corrected: which labels feed a column, and what a service is really called. */
export interface MappingChange {
  labels: { column: string; labels: string[] }[]
  aliases: { seen: string; meant: string }[]
}
