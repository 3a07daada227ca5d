/** What a signal and its values are called where a person reads them; the full name stays within reach elsewhere. */

import { number, plain, words } from './format'

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
const SILENT = /(scheme|method|status_code|pool\.name|^name|address|port)$/

/** An indicator as a reader says it: "connection count, used"; what is no indicator, such as a change, stays as it is. */
export function signalName(signal: { indicator: string; peer?: string | null }): string {
  if (/\s/.test(signal.indicator)) return signal.indicator
  const [metric = '', labels = ''] = signal.indicator.replace(/\}.*$/, '').split('{')
  const parts = metric.replace(/request\.duration\.rate$/, 'requests_per_second').split('.').filter((part, i, all) => i === all.length - 1 || !BROAD.includes(part))
  const name = INDICATORS[metric] ?? words(parts.join(' '))
  const pairs = labels.split(',').filter(Boolean).map((pair) => pair.split('=') as [string, string?])
  const telling = pairs.filter(([key]) => !SILENT.test(key))
  const detail = (telling.length ? telling : pairs).map(([, value]) => value).filter(Boolean)
  return [name, detail[0]].filter(Boolean).join(', ') + (signal.peer ? ` to ${signal.peer}` : '')
}

/** A value as a short text: 78 %, 480, 6.7 s, 1.2 MB. `indicator`: its raw name, or its name in words. */
export function valueText(value: number, unit: string | null | undefined, indicator = ''): string {
  if (unit === 'ratio' || (unit === '1' && /(ratio|utilization)$|share of/.test(indicator.split('{')[0] ?? ''))) return `${number(value * 100)} %`
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

/** Raw names of signals in backticks as words; what else stands in backticks stays there. */
export function signalTitle(title: string): string {
  return title.replace(/`([^`]+)`/g, (quoted, indicator: string, at: number) => {
    if (indicator.replace(RAW, '') !== '') return quoted
    const name = signalName({ indicator })
    return /^ \w/.test(title.slice(at + quoted.length)) ? inSentence(name) : name
  })
}

const SPACES = 'http|db|process|system|rpc|messaging|jvm|k8s|container'
const RAW = new RegExp(`\\b(?:(?:${SPACES})(?:\\.\\w+)+|${Object.keys(INDICATORS).join('|')})\\b(?:\\{[^}]*\\}?| \\(\\w[\\w.]*=[^)]*\\))?`, 'g')
// UTC stays: beside times in the incident's zone it says something.
const ZONED = /(\d\d:\d\d:\d\d) (?!UTC\b|GMT\b)(?:[A-Z]{3,4}|UTC[+-]\d+)\b/g

/** A sentence of the analysis with the names of its signals in words, and its times without the zone that the page names once. */
export function plainly(sentence: string): string {
  const named = sentence.replaceAll('`', '').replace(RAW, (raw: string, at: number) => {
    const name = inSentence(signalName({ indicator: raw.replace(' (', '{').replace(')', '}').replaceAll(', ', ',') }))
    return at === 0 ? name.charAt(0).toUpperCase() + name.slice(1) : name
  })
  return zoneless(named)
}

/** Times without the abbreviation of the zone that the page names once. */
export function zoneless(text: string): string {
  return text.replace(ZONED, '$1')
}

// "connection count, used" reads as an enumeration inside a sentence.
function inSentence(name: string): string {
  return name.replace(/, (.*)$/, ' ($1)')
}
