/** Figures of the impact document under names that a person reads, the ones that matter most first. */

import type { Figure, ImpactBody } from './types'

export interface Named {
  key: string
  name: string
  figure: Figure
  /** Stands after the range, such as "of 2,815 requests". */
  by: string
}

const NAMES: Record<string, string> = {
  requests_failed: 'Failed requests',
  failed_share: 'Share that failed',
  failed_share_peak: 'Share at its worst',
  users_hit: 'Users hit',
  excess_failures: 'Failures beyond the usual',
  requests_slow: 'Slow requests',
  latency_p95_before: 'Slowest 5 % before',
  latency_p95_during: 'Slowest 5 % during',
  users_total: 'Users in all',
  requests_total: 'Requests in all',
}

const WHOLE: Record<string, string> = { requests_failed: 'requests_total', users_hit: 'users_total', requests_slow: 'requests_total' }
const HIDDEN = ['requests_total', 'users_total'] // said as "of …" beside their part

const DURATIONS: Record<string, [string, string]> = {
  time_to_detect: ['To detect (TTD)', 'impact to first notice'],
  time_to_acknowledge: ['To claim (TTA)', 'notice to a person on it'],
  time_to_mitigate: ['To mitigate (TTM)', 'impact until users are served again'],
  time_to_recover: ['To recover (TTR)', 'impact to all over'],
}

/** "figure/requests_slow/500ms" as ["requests_slow", "500ms"]. */
export function partsOf(key: string): [string, string] {
  const [, name = key, ...rest] = key.split('/')
  return [name, rest.join('/')]
}

export function named(figures: readonly Figure[]): Named[] {
  const known = new Map(figures.map((one) => [partsOf(one.key)[0], one]))
  const order = Object.keys(NAMES)
  const place = (figure: Figure): number => {
    const at = order.indexOf(partsOf(figure.key)[0])
    return at < 0 ? order.length : at
  }
  return figures
    .filter((figure) => !HIDDEN.includes(partsOf(figure.key)[0]))
    .sort((a, b) => place(a) - place(b))
    .map((figure) => {
      const [name, of] = partsOf(figure.key)
      const whole = known.get(WHOLE[name] ?? '')
      return {
        key: figure.key,
        name: [NAMES[name] ?? name.replaceAll('_', ' '), limit(of)].filter(Boolean).join(', '),
        figure,
        by: whole ? `of ${Math.round(whole.value).toLocaleString('en')}` : counted(figure, name),
      }
    })
}

/** What a figure was reckoned from: requests, or steps of time where it is one of those. */
function counted(figure: Figure, name: string): string {
  if (!figure.sample_size) return ''
  const size = figure.sample_size.toLocaleString('en')
  return name.startsWith('latency') ? `from ${size} steps` : `out of ${size}`
}

/** Name and meaning of a duration. */
export function durationName(figure: Figure): [string, string] {
  const [name] = partsOf(figure.key)
  return DURATIONS[name] ?? [name.replaceAll('_', ' '), '']
}

export function valueOf(impact: ImpactBody, name: string): Figure | undefined {
  return impact.figures.find((one) => partsOf(one.key)[0] === name)
}

function limit(of: string): string {
  return /^\d+ms$/.test(of) ? `over ${of.replace('ms', ' ms')}` : of
}
