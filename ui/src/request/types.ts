/** A request as the API gives it: its spans in all services, and the log lines written on its behalf. */

import type { Time } from '../lib/types'

export interface Span {
  span_id: string
  parent_span_id: string | null
  service: string
  name: string
  kind: string | null
  start: Time
  duration_ms: number
  status: string | null
  status_message?: string | null
  attributes: Record<string, string>
  depth: number
  orphan: boolean
}

export interface LogLine {
  time: Time
  service: string
  severity: string
  body: string
  span_id?: string | null
}

export interface Trace {
  trace_id: string
  start: Time
  duration_ms: number
  services: string[]
  spans: Span[]
  logs: LogLine[]
}

export interface Exemplar {
  trace_id: string
  service: string
  name: string
  time: Time
  duration_ms: number
  failed: boolean
}

export interface Found {
  traces: Trace[]
  total: number
  /** Log rows that match but belong to no request. */
  untraced: number
  /** What to open instead, where nothing was found. */
  candidates: Exemplar[]
}
