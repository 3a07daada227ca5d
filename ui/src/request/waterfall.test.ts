import { describe, expect, it } from 'vitest'
import type { LogLine, Span, Trace } from './types'
import { summary, waterfallOf } from './waterfall'

const time = (ms: number): string => new Date(Date.UTC(2026, 10, 21, 10) + ms).toISOString()
const span = (id: string, parent: string | null, start: number, length: number, more: Partial<Span> = {}): Span => ({
  span_id: id, parent_span_id: parent, service: id, name: `GET /${id}`, kind: 'server', start: time(start), duration_ms: length,
  status: 'ok', attributes: {}, depth: 0, orphan: false, ...more,
})
const trace = (spans: Span[], logs: LogLine[] = []): Trace => ({ trace_id: 't', start: time(0), duration_ms: 100, services: [], spans, logs })
const line = (at: number, service: string, span_id?: string): LogLine => ({ time: time(at), service, severity: 'warn', body: `${service} at ${at}`, span_id })
const keys = (of: Trace, folded?: Set<string>): string[] => waterfallOf(of, folded).rows.map((row) => `${'.'.repeat(row.depth)}${row.key}`)

describe('waterfall', () => {
  it('nests spans below their parents in order of time', () => {
    expect(keys(trace([span('c', 'a', 50, 10), span('b', 'a', 10, 20), span('a', null, 0, 100)]))).toEqual(['a', '.b', '.c'])
  })

  it('shows a row for a parent that was never recorded, with all its children', () => {
    const rows = waterfallOf(trace([span('a', null, 0, 100), span('x', 'lost', 20, 10), span('y', 'lost', 40, 20)])).rows
    expect(rows.map((row) => [row.kind, row.depth])).toEqual([['span', 0], ['missing', 0], ['span', 1], ['span', 1]])
    expect(rows[1]).toMatchObject({ start_ms: 20, end_ms: 60, reason: 'parent span lost was not recorded' })
  })

  it('says that nobody recorded the other end of a call, but not for a database', () => {
    const call = span('call', 'a', 10, 50, { kind: 'client', attributes: { 'server.address': 'payment' } })
    const query = span('query', 'a', 70, 5, { kind: 'client', attributes: { 'db.system': 'postgresql' } })
    const missing = waterfallOf(trace([span('a', null, 0, 100), call, query])).rows.filter((row) => row.kind === 'missing')
    expect(missing).toMatchObject([{ reason: 'payment recorded nothing for this call', depth: 2 }])
  })

  it('shows each span of a circle of parents once', () => {
    expect(keys(trace([span('a', 'b', 0, 10), span('b', 'a', 1, 10)])).sort()).toEqual(['.b', 'a'])
  })

  it('keeps both spans where an id comes twice, and one that names itself as parent', () => {
    const rows = waterfallOf(trace([span('a', null, 0, 100), span('a', null, 5, 10), span('s', 's', 1, 2)])).rows
    expect(rows).toHaveLength(3)
    expect(new Set(rows.map((row) => row.key)).size).toBe(3)
  })

  it('writes log lines below their span, between its children by time', () => {
    const logs = [line(60, 'a', 'a'), line(5, 'a', 'a'), line(25, 'b', 'b')]
    const found = keys(trace([span('a', null, 0, 100), span('b', 'a', 10, 20), span('c', 'a', 70, 10)], logs))
    expect(found).toEqual(['a', '.log 0', '.b', '..log 1', '.log 2', '.c'])
  })

  it('gives a line without a span to the innermost span of its service that runs then, else to nobody', () => {
    expect(keys(trace([span('a', null, 0, 100), span('b', 'a', 10, 20)], [line(15, 'b'), line(15, 'z')]))).toEqual(['a', '.b', '..log 0', 'log 1'])
  })

  it('hides what lies below a folded span, its log lines too', () => {
    const of = trace([span('a', null, 0, 100), span('b', 'a', 10, 20), span('c', 'b', 12, 5)], [line(13, 'c', 'c')])
    expect(keys(of, new Set(['b']))).toEqual(['a', '.b'])
  })

  it('counts the time in which no child runs, overlapping children once', () => {
    const [first] = waterfallOf(trace([span('a', null, 0, 100), span('b', 'a', 10, 30), span('c', 'a', 20, 40)])).rows
    expect(first).toMatchObject({ own_ms: 50 })
  })

  it('tells how long a span goes on after its caller gave up', () => {
    const rows = waterfallOf(trace([span('a', null, 0, 20), span('b', 'a', 10, 60), span('c', 'a', 12, 2)])).rows
    expect(rows.map((row) => row.kind === 'span' && row.late_ms)).toEqual([0, 50, 0])
  })

  it('keeps microseconds and stretches to the last line', () => {
    const early = { ...span('a', null, 0, 1), start: '2026-11-21T10:00:00.000250Z' }
    const found = waterfallOf({ ...trace([early], [line(400, 'z')]), start: '2026-11-21T10:00:00.000250Z' })
    expect(found.length_ms).toBeCloseTo(399.75, 3)
  })

  it('names the first and the deepest span that failed', () => {
    const of = trace([span('a', null, 0, 100, { status: 'error' }), span('b', 'a', 1, 5, { status: 'STATUS_CODE_ERROR', depth: 1 })])
    expect([summary(of).failed?.span_id, summary(of).deepest?.span_id]).toEqual(['a', 'b'])
  })
})
