/** Spans and log lines of one request as rows of a waterfall: nested, in time order, with what is missing between. */

import type { LogLine, Span, Trace } from './types'

export interface SpanRow {
  kind: 'span'
  key: string
  depth: number
  start_ms: number
  end_ms: number
  span: Span
  failed: boolean
  /** Time in which no recorded child runs, ms. */
  own_ms: number
  /** How long it goes on after the span that called it has ended, ms. */
  late_ms: number
  children: number
}

export interface LogRow {
  kind: 'log'
  key: string
  depth: number
  start_ms: number
  end_ms: number
  log: LogLine
}

export interface MissingRow {
  kind: 'missing'
  key: string
  depth: number
  start_ms: number
  end_ms: number
  reason: string
}

export type Row = SpanRow | LogRow | MissingRow

export interface Waterfall {
  rows: Row[]
  /** Milliseconds since 1970 of the left edge. */
  origin: number
  length_ms: number
}

/** Depth first, children and log lines of a span by time; spans whose parent is missing hang below a row that says so. */
export function waterfallOf(trace: Trace, collapsed: ReadonlySet<string> = new Set()): Waterfall {
  const origin = Math.min(...[trace.start, ...trace.spans.map((one) => one.start)].map(instant))
  const known = firstOf(trace.spans)
  const children = childrenOf(trace.spans, known)
  const rows: Row[] = []
  const seen = new Set<Span>()
  for (const [parent, orphans] of strays(trace.spans, known)) {
    if (!parent) for (const span of orphans) add(span, 0)
    else {
      rows.push(missingParent(parent, orphans, origin))
      for (const span of orphans) add(span, 1)
    }
  }
  // Parents in a circle are reached from no root; each is shown once, at the top.
  for (const span of trace.spans) add(span, 0)
  const all = withLogs(rows, trace.logs, origin, known)
  const ends = [...all.map((row) => row.end_ms), ...trace.logs.map((log) => instant(log.time) - origin)]
  return { rows: all, origin, length_ms: Math.max(trace.duration_ms, 0.001, ...ends) }

  function add(root: Span, base: number): void {
    const stack: { span: Span; depth: number; hidden: boolean }[] = [{ span: root, depth: base, hidden: false }]
    while (stack.length > 0) {
      const { span, depth, hidden } = stack.pop()!
      if (seen.has(span)) continue
      seen.add(span)
      // An id that comes twice has its children at the first.
      const isFirst = known.get(span.span_id) === span
      const below = isFirst ? (children.get(span.span_id) ?? []) : []
      const key = isFirst ? span.span_id : `${span.span_id} ${trace.spans.indexOf(span)}`
      const row = spanRow(span, { key, depth, below, origin, caller: known.get(span.parent_span_id ?? '') })
      if (!hidden) rows.push(row)
      const lost = silentCallee(row, below)
      if (lost && !hidden) rows.push(lost)
      const folded = hidden || collapsed.has(span.span_id)
      for (const child of [...below].reverse()) stack.push({ span: child, depth: depth + 1, hidden: folded })
    }
  }
}

/** What to say of a request: who waited how long, where it failed first and deepest, what is missing. */
export function summary(trace: Trace): { root: Span | null; failed: Span | null; deepest: Span | null; orphans: number } {
  const failed = trace.spans.filter(isFailed)
  const byStart = [...failed].sort((a, b) => b.depth - a.depth || instant(a.start) - instant(b.start))
  return {
    root: trace.spans.find((span) => !span.parent_span_id) ?? null,
    failed: [...failed].sort((a, b) => instant(a.start) - instant(b.start))[0] ?? null,
    deepest: byStart[0] ?? null,
    orphans: trace.spans.filter((span) => span.orphan).length,
  }
}

export function isFailed(span: Span): boolean {
  return (span.status ?? '').toLowerCase().includes('error')
}

interface Around {
  key: string
  depth: number
  below: readonly Span[]
  origin: number
  caller: Span | undefined
}

function spanRow(span: Span, { key, depth, below, origin, caller }: Around): SpanRow {
  const start_ms = instant(span.start) - origin
  const end_ms = start_ms + span.duration_ms
  const given_up = caller && caller !== span ? instant(caller.start) - origin + caller.duration_ms : end_ms
  return {
    kind: 'span',
    key,
    depth,
    start_ms,
    end_ms,
    span,
    failed: isFailed(span),
    own_ms: span.duration_ms - covered(below, start_ms + origin, end_ms + origin),
    late_ms: Math.min(span.duration_ms, Math.max(0, end_ms - given_up)),
    children: below.length,
  }
}

/** A call out whose answer came from nobody on record. */
function silentCallee(row: SpanRow, below: readonly Span[]): MissingRow | null {
  if (row.span.kind?.toLowerCase() !== 'client' || below.length > 0) return null
  const peer = row.span.attributes['server.address'] ?? row.span.attributes['peer.service'] ?? row.span.attributes['db.system']
  // A database seldom records spans of its own: that is no gap.
  if (Object.keys(row.span.attributes).some((name) => name.startsWith('db.'))) return null
  return {
    kind: 'missing',
    key: `${row.key} callee`,
    depth: row.depth + 1,
    start_ms: row.start_ms,
    end_ms: row.end_ms,
    reason: `${peer ?? 'the callee'} recorded nothing for this call`,
  }
}

function missingParent(parent: string, orphans: readonly Span[], origin: number): MissingRow {
  const starts = orphans.map((span) => instant(span.start) - origin)
  const ends = orphans.map((span) => instant(span.start) - origin + span.duration_ms)
  return {
    kind: 'missing',
    key: `parent ${parent}`,
    depth: 0,
    start_ms: Math.min(...starts),
    end_ms: Math.max(...ends),
    reason: `parent span ${parent} was not recorded`,
  }
}

function firstOf(spans: readonly Span[]): Map<string, Span> {
  const found = new Map<string, Span>()
  for (const span of spans) if (!found.has(span.span_id)) found.set(span.span_id, span)
  return found
}

function childrenOf(spans: readonly Span[], known: ReadonlyMap<string, Span>): Map<string, Span[]> {
  const found = new Map<string, Span[]>()
  for (const span of spans) {
    if (!span.parent_span_id || !known.has(span.parent_span_id) || span.parent_span_id === span.span_id) continue
    found.set(span.parent_span_id, [...(found.get(span.parent_span_id) ?? []), span])
  }
  for (const list of found.values()) list.sort(byStart)
  return found
}

/** Spans without a recorded parent, by the parent that they name; "" where they name none. Earliest first. */
function strays(spans: readonly Span[], known: ReadonlyMap<string, Span>): [string, Span[]][] {
  const found = new Map<string, Span[]>()
  for (const span of [...spans].sort(byStart)) {
    const parent = span.parent_span_id ?? ''
    if (known.has(parent)) continue
    found.set(parent, [...(found.get(parent) ?? []), span])
  }
  return [...found]
}

/** Each log line goes below the span that it names, in time order among that span's children; others at the end. */
function withLogs(rows: readonly Row[], logs: readonly LogLine[], origin: number, known: ReadonlyMap<string, Span>): Row[] {
  const ordered = [...logs].sort((a, b) => instant(a.time) - instant(b.time))
  const result: Row[] = [...rows]
  ordered.forEach((log, index) => {
    const at = instant(log.time) - origin
    const place = placeOf(result, log, at, known)
    if (!place) return
    result.splice(place.index, 0, { kind: 'log', key: `log ${index}`, depth: place.depth, start_ms: at, end_ms: at, log })
  })
  return result
}

function placeOf(
  rows: readonly Row[],
  log: LogLine,
  at: number,
  known: ReadonlyMap<string, Span>,
): { index: number; depth: number } | null {
  let owner = rows.findIndex((row) => row.key === log.span_id)
  if (owner < 0 && log.span_id && known.has(log.span_id)) return null // folded away with its span
  if (owner < 0) owner = innermost(rows, log, at)
  if (owner < 0) return { index: rows.length, depth: 0 }
  const depth = rows[owner]!.depth
  let index = owner + 1
  while (index < rows.length && rows[index]!.depth > depth && rows[index]!.start_ms <= at) index += 1
  // Not between a later child's own descendants: step over what began before the line.
  while (index < rows.length && rows[index]!.depth > depth + 1) index += 1
  return { index, depth: depth + 1 }
}

/** The deepest span of the same service that runs at that time, else of any service. */
function innermost(rows: readonly Row[], log: LogLine, at: number): number {
  let found = -1
  rows.forEach((row, index) => {
    if (row.kind !== 'span' || row.start_ms > at || row.end_ms < at || row.span.service !== log.service) return
    if (found < 0 || row.depth >= rows[found]!.depth) found = index
  })
  return found
}

/** Milliseconds since 1970 with the microseconds that Date.parse cuts off: spans are often shorter than one millisecond. */
export function instant(time: string): number {
  const digits = /\.(\d+)/.exec(time)?.[1] ?? ''
  return Date.parse(time) + Number(`0.${digits.slice(3) || '0'}`)
}

/** Milliseconds between `from` and `to` in which at least one of the spans runs. */
function covered(spans: readonly Span[], from: number, to: number): number {
  let sum = 0
  let end = from
  for (const span of [...spans].sort(byStart)) {
    const start = Math.max(instant(span.start), end)
    const stop = Math.min(instant(span.start) + span.duration_ms, to)
    if (stop > start) sum += stop - start
    end = Math.max(end, stop)
  }
  return sum
}

function byStart(a: Span, b: Span): number {
  return instant(a.start) - instant(b.start) || a.span_id.localeCompare(b.span_id)
}
