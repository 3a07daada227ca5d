/** Numbers as a reader wants them: with their unit, and with their range. */

import { duration } from './time.svelte'

/** "36,900", "0.42", "1.2": three figures that matter below a thousand, whole above. */
export function number(value: number): string {
  const size = Math.abs(value)
  if (size >= 1000) return Math.round(value).toLocaleString('en')
  if (Number.isInteger(value)) return String(value)
  if (size < 0.001) return value.toExponential(1)
  return String(Number(value.toPrecision(3)))
}

/** A value and the unit after it: a ratio as percent, seconds as a duration, "1" as nothing. */
export function withUnit(value: number, unit: string): { value: string; unit: string } {
  if (unit === 's') return { value: duration(value), unit: '' }
  if (unit === 'ratio') return { value: number(value * 100), unit: '%' }
  return { value: number(value), unit: plain(unit) }
}

/** "44–46 min"; where both ends are the same, "exactly, by count" is for the caller to say: it gives "". */
export function range(low: number | null, high: number | null, unit: string): string {
  if (low === null && high === null) return 'range unknown'
  if (low === high) return ''
  const from = low === null ? '' : withUnit(low, unit).value
  const to = high === null ? '' : withUnit(high, unit).value
  const tail = withUnit(0, unit).unit
  if (low === null) return `at most ${to} ${tail}`.trim()
  if (high === null) return `at least ${from} ${tail}`.trim()
  return `${from} – ${to} ${tail}`.trim()
}

/** "{connection}" as "connection", "1" as "", "1/s" as "per s". */
export function plain(unit: string): string {
  if (unit === '1/s') return 'per s'
  return unit === '1' ? '' : unit.replace(/[{}]/g, '')
}

/** "pool_exhausted" as "pool exhausted". */
export function words(name: string): string {
  return name.replaceAll('_', ' ')
}

/** "1 gap", "3 gaps". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`
}
