/** What the timeline says: times with their doubt, lengths, names of signals, values. */

import { number, plain, words } from '../lib/format'
import { clock, duration } from '../lib/time.svelte'
import type { Curve } from './data'
import type { Item, SignalSummary } from './model'
import type { Span } from './time'

/** "7 m 30 s" of milliseconds, whichever way. */
export function length(ms: number): string {
  const size = Math.abs(ms)
  return duration(size < 10_000 ? Math.round(size / 100) / 10 : Math.round(size / 1000))
}

/** "10:02:10", or "10:02:10 ±15 s" where the doubt is half a second or more. */
export function withDoubt(span: Span): string {
  const half = (span.to - span.from) / 2
  const middle = clock((span.from + span.to) / 2, true)
  return half < 500 ? middle : `${middle} ±${length(half)}`
}

export function onsetText(when: Span): string {
  return `onset ${withDoubt(when)}`
}

/** Why a chart is hatched: never recorded before, not after, or missing in between. */
export function holeText(hole: Span, record: Span): string {
  if (hole.from <= record.from && hole.to >= record.to) return 'no data in the whole record'
  if (hole.from <= record.from) return `no data before ${clock(hole.to, true)}`
  if (hole.to >= record.to) return `no data after ${clock(hole.from, true)}`
  return `no data ${length(hole.to - hole.from)}`
}

const INDICATORS: Record<string, string> = {
  request_rate: 'requests per second',
  error_ratio: 'share of failed requests',
  latency_p50_ms: 'latency, median',
  latency_p95_ms: 'latency, slowest 5 %',
  self_p95_ms: 'own time, slowest 5 %',
  call_rate: 'calls per second',
  call_error_ratio: 'share of failed calls',
  call_latency_p95_ms: 'call latency, slowest 5 %',
  call_gap_p95_ms: 'wait between calls, slowest 5 %',
  log_rate: 'log rows per second',
}
const BROAD = ['http', 'db', 'client', 'server', 'process', 'system', 'rpc', 'messaging']
const SILENT = /(scheme|method|status_code|pool\.name|address|port)$/

/** An indicator as a reader says it: "connection count, used"; its full name stays within reach elsewhere. */
export function signalName(signal: Pick<SignalSummary, 'indicator' | 'peer'>): string {
  const [metric = '', labels = ''] = signal.indicator.replace(/\}.*$/, '').split('{')
  const parts = metric.replace(/request\.duration\.rate$/, 'requests_per_second').split('.').filter((part, i, all) => i === all.length - 1 || !BROAD.includes(part))
  const name = INDICATORS[metric] ?? words(parts.join(' '))
  const pairs = labels.split(',').filter(Boolean).map((pair) => pair.split('=') as [string, string?])
  const telling = pairs.filter(([key]) => !SILENT.test(key))
  const detail = (telling.length ? telling : pairs).map(([, value]) => value).filter(Boolean)
  return [name, detail[0]].filter(Boolean).join(', ') + (signal.peer ? ` to ${signal.peer}` : '')
}

/** A value as a short text: 78 %, 480, 6.7 s, 1.2 MB. */
export function valueText(value: number, unit: string | null, indicator = ''): string {
  if (unit === '1' && /(ratio|utilization)$/.test(indicator.split('{')[0] ?? '')) return `${number(value * 100)} %`
  if (unit === 's') return value < 1 ? `${number(value * 1000)} ms` : `${number(value)} s`
  if (unit === 'ms') return value >= 1000 ? `${number(value / 1000)} s` : `${number(value)} ms`
  if (unit === 'By') return bytes(value)
  if (unit === '1/s') return `${number(value)}/s`
  const name = plain(unit ?? '')
  return number(value) + (name && !unit?.startsWith('{') ? ` ${name}` : '')
}

function bytes(value: number): string {
  const step = Math.min(3, Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value))) / 3)))
  return `${number(value / 1000 ** step)} ${['B', 'kB', 'MB', 'GB'][step]}`
}

/** The value furthest from the usual range: "max 480", "min 4/s". */
export function extremeText(curve: Curve, signal: Pick<SignalSummary, 'unit' | 'indicator'>): string {
  if (curve.highest < curve.lowest) return 'no data'
  const fell = curve.band !== null && curve.band.low - curve.lowest > curve.highest - curve.band.high
  return `${fell ? 'min' : 'max'} ${valueText(fell ? curve.lowest : curve.highest, signal.unit, signal.indicator)}`
}

const KINDS: Record<Item['kind'], string> = {
  change: 'Change',
  alert: 'Alert',
  signal: 'Signal',
  chat: 'Chat',
  command: 'Command',
  status: 'Status post',
  orchestrator: 'Instance',
  added: 'Added by a person',
  milestone: 'Milestone',
  gap: 'Gap',
}

export function kindName(item: Item): string {
  return KINDS[item.kind]
}

/** An item in one sentence, for the list that screen readers hear. */
export function itemText(item: Item): string {
  const when = item.type === 'gap' ? `${clock(item.span.from, true)} to ${clock(item.span.to, true)}` : withDoubt(item.span)
  return `${when}, ${kindName(item).toLowerCase()}${item.service ? `, ${item.service}` : ''}: ${item.title}`
}
