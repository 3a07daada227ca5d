/** The walk through what happened, from before the first change, forwards: its steps and where one stands. */

import type { Item } from './model'
import type { Span } from './time'

/**
 * What is stepped through: events and milestones in time order, from the last one before the first change on record;
 * without a change from the first one. Gaps are said by what misses them and are no step.
 */
export function stepsOf(items: readonly Item[]): Item[] {
  const steps = items.filter((item) => item.type !== 'gap' && !item.aside)
  const change = steps.findIndex((item) => item.kind === 'change')
  return steps.slice(Math.max(0, change - 1))
}

/** The step that stands for `key`, else the first one. */
export function placeIn(steps: readonly Item[], key: string): number {
  return Math.max(0, steps.findIndex((item) => item.key === key))
}

/** How far along a stretch a moment lies, 0 to 1. */
export function shareOf(span: Span, at: number): number {
  return span.to > span.from ? Math.min(1, Math.max(0, (at - span.from) / (span.to - span.from))) : 0
}
