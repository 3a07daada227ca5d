/** The line that can be moved: where it may go, by how much a key moves it, and what a replay says in words. */

import { number, plain } from '../lib/format'
import { duration, spoken } from '../lib/time.svelte'
import type { DetectionBody, ReplayedRule } from './types'

export interface Reach {
  low: number
  high: number
  step: number
}

/** From the lowest to the highest value ever seen, a little beyond both; a step is a fiftieth, rounded to 1, 2 or 5. */
export function reachOf(lever: { lowest: number; highest: number; value: number }): Reach {
  const low = Math.min(lever.lowest, lever.value)
  const high = Math.max(lever.highest, lever.value)
  const step = niceStep((high - low || Math.abs(high) || 1) / 50)
  return { low: Math.floor(low / step) * step, high: (Math.ceil(high / step) + 1) * step, step }
}

/** The nearest place that a line may take. */
export function placed(value: number, reach: Reach): number {
  const rounded = Math.round(value / reach.step) * reach.step
  return Number(Math.min(reach.high, Math.max(reach.low, rounded)).toPrecision(10))
}

/** Where a key moves the line; undefined for keys that do not. Ten steps with Page, the ends with Home and End. */
export function moved(key: string, value: number, reach: Reach): number | undefined {
  const steps: Record<string, number> = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }
  if (key === 'Home') return reach.low
  if (key === 'End') return reach.high
  const by = steps[key]
  return by === undefined ? undefined : placed(value + by * reach.step, reach)
}

/** Values to rule a chart at: four or so, that read well. */
export function levelsOf(low: number, high: number): number[] {
  const step = niceStep((high - low || 1) / 4)
  const first = Math.ceil(low / step)
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(6)))
}

export function niceStep(size: number): number {
  const whole = 10 ** Math.floor(Math.log10(size))
  return ([1, 2, 5].find((one) => one * whole >= size * 0.999) ?? 10) * whole
}

/** "10 connections", "3.7 s": a value of the rule with its unit. */
export function valued(value: number, unit: string | null | undefined): string {
  const counted = unit?.startsWith('{') && value !== 1 && !unit.endsWith('s}')
  return `${number(value)} ${plain(unit ?? '')}${counted ? 's' : ''}`.trim()
}

/** "1 m 06 s – 1 m 22 s", "3 s – 19 s later", or why nothing is known: a cell of a table. */
export function sooner(rule: ReplayedRule): string {
  if (rule.outcome !== 'fired') return outcomes[rule.outcome]
  if (!rule.sooner_s) return 'not known'
  const [low, high] = rule.sooner_s as [number, number]
  return high <= 0 ? `${stretch(-high, -low, duration)} later` : stretch(Math.max(0, low), high, duration)
}

/** "1 m 06 s – 1 m 22 s sooner", "3 s – 19 s later". */
export function between([low, high]: [number, number], say = duration): string {
  return high <= 0 ? `${stretch(-high, -low, say)} later` : `${stretch(Math.max(0, low), high, say)} sooner`
}

/** The same in a sentence: "1 min 06 s – 1 min 22 s sooner than a person was told". */
export function lead(rule: ReplayedRule): string {
  if (!rule.sooner_s) return 'and when a person was told is not on record'
  return `${between(rule.sooner_s as [number, number], spoken)} than a person was told`
}

/** "above 10 connections for 15 s", or what else tells the rule from its neighbours. */
export function lineOf(rule: ReplayedRule): string {
  const { title, short, unit, hold_s } = rule.rule
  if (!rule.lever) return title === short ? '' : title.startsWith(short) ? title.slice(short.length).trim() : title
  const side = rule.lever.op.startsWith('>') ? 'above' : 'below'
  const told = `${side} ${valued(rule.lever.value, unit)}${hold_s ? ` for ${duration(hold_s)}` : ''}`
  return told.replace(/(\d) (?=\S)/g, '$1\u00a0') // a number stays with its unit
}

/** A record under a day cannot show what a usual day would trigger. */
export const isShort = (body: DetectionBody): boolean => body.fault_free_s < 86_400

const outcomes: Record<ReplayedRule['outcome'], string> = {
  fired: 'fires',
  silent: 'never',
  already: 'fired before',
  no_signal: 'no signal',
  cannot_replay: 'cannot replay',
}

export function falsely(rule: ReplayedRule, body: DetectionBody): string {
  if (rule.false_alarms === null) return 'false alarms not known'
  const times = ['no false alarm', 'one false alarm'][rule.false_alarms] ?? `${rule.false_alarms} false alarms`
  return `${times} in ${spoken(body.fault_free_s)} without a fault`
}

function stretch(low: number, high: number, say: (seconds: number) => string): string {
  const [from, to] = [say(Math.round(low)), say(Math.round(high))]
  return from === to ? from : `${from} – ${to}`
}
