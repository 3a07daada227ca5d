/** What the timeline says: times with their doubt, lengths, names of signals, values. */

import { valueText } from '../lib/indicator'
import { clock, duration } from '../lib/time.svelte'
import type { Curve } from './data'
import { unconfirmed } from './filters'
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

/** The value furthest from the usual range: "max 480", "min 4/s". */
export function extremeText(curve: Curve, signal: Pick<SignalSummary, 'unit' | 'indicator'>): string {
  if (curve.highest < curve.lowest) return 'no data'
  const fell = curve.band !== null && curve.band.low - curve.lowest > curve.highest - curve.band.high
  return `${fell ? 'min' : 'max'} ${valueText(fell ? curve.lowest : curve.highest, signal.unit, signal.indicator)}`
}

const KINDS: Record<Item['kind'], string> = {
  change: 'Change',
  code: 'Code',
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
  return item.amended?.told_by ? 'Told by a person' : KINDS[item.kind]
}

/** An item in one sentence, for the list that screen readers hear. */
export function itemText(item: Item): string {
  const when = item.type === 'gap' ? `${clock(item.span.from, true)} to ${clock(item.span.to, true)}` : withDoubt(item.span)
  return `${when}, ${kindName(item).toLowerCase()}${item.service ? `, ${item.service}` : ''}: ${item.title}${marks(item)}`
}

function marks(item: Item): string {
  const told = item.amended?.told_by ? `told by ${item.amended.told_by}${unconfirmed(item) ? ', not confirmed' : ''}` : ''
  const set = item.aside ? (item.aside.into ? 'merged' : 'hidden') : ''
  return [item.stars ? 'starred' : '', item.digs ? 'dig here' : '', told, set].filter(Boolean).map((one) => `; ${one}`).join('')
}
