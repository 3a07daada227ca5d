/** The parts of the response under names that a person reads, and what each took from a budget. */

import type { Moment } from '../lib/types'
import type { Burn, Phase, PhasePart, Span } from './types'

export interface Part {
  key: string
  name: string
  /** What the part is, and why it is not told apart where it is several phases. */
  meaning: string
  start: Moment
  end: Moment
  length: Span
  /** How strongly it is drawn, by the phase that it begins with. */
  shade: number
  reason: string
}

const NAMES: Record<Phase, string> = {
  undetected: 'Undetected',
  unacknowledged: 'Unclaimed',
  diagnosing: 'Diagnosing',
  mitigating: 'Mitigating',
}
const SHADES: Record<Phase, number> = { undetected: 0.3, unacknowledged: 0.5, diagnosing: 0.95, mitigating: 0.65 }

/** The parts as the page shows them, in order. */
export function partsOf(parts: readonly PhasePart[]): Part[] {
  return parts.map((one) => ({
    key: one.phases.join('+'),
    name: one.phases.map((phase, i) => (i ? NAMES[phase].toLowerCase() : NAMES[phase])).join(' or '),
    meaning: one.definition,
    start: one.begins,
    end: one.ends,
    length: one.length_s,
    shade: SHADES[one.phases[0]!],
    reason: one.reason,
  }))
}

export interface Share {
  part: Part
  bad: Span
  spent: Span
  /** Where its bar begins, as a share of the budget. */
  from: number
}

/** What each part took, one after the other, so that their bars end at the whole. */
export function sharesOf(parts: readonly Part[], burn: Burn): Share[] {
  let from = 0
  return burn.phases.flatMap((one, i) => {
    const part = parts[i]
    if (!part) return []
    const share = { part, bad: one.bad, spent: one.spent, from }
    from += one.spent.value
    return [share]
  })
}

/** Milliseconds since 1970 of the middle of an interval. */
export function middle(moment: Moment): number {
  return (Date.parse(moment.earliest) + Date.parse(moment.latest)) / 2
}
