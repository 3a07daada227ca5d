/** The matrix of hypotheses and predictions: moving in it, what is shown of it, and saying something in it. */

import { get, send } from '../lib/api'
import type { Hypothesis, Matrix, PredictionRow, Result, Weighed } from './types'

export const MARKS: readonly { result: Result; key: string; words: string }[] = [
  { result: 'held', key: '1', words: 'Held' },
  { result: 'failed', key: '2', words: 'Failed' },
  { result: 'silent', key: '3', words: 'Says nothing' },
]

export const RESULT: Record<Result, string> = {
  held: 'held',
  failed: 'failed',
  untold: 'cannot be told',
  silent: 'says nothing',
}

/** What somebody proposes: a hypothesis of one's own. */
export interface Proposed {
  service: string
  words: string
  mechanism: string
  part: string
  indicator: string
  peer: string
}

const at = (incident: string, part = ''): string => `/incidents/${encodeURIComponent(incident)}/matrix${part}`

export const weighed = (incident: string, signal?: AbortSignal): Promise<Weighed> => get(at(incident), signal)
export const propose = (incident: string, given: Proposed): Promise<Weighed> => send('POST', at(incident, '/hypotheses'), given)
export const mark = (incident: string, cell: string, result: Result, why: string): Promise<Weighed> =>
  send('POST', at(incident, '/marks'), { cell, result, why })
export const judge = (incident: string, hypothesis: string, standing: string): Promise<Weighed> =>
  send('POST', at(incident, '/standings'), { hypothesis, standing })
/** Accept an explanation as a contributing factor with the part it played; the plan holds it from then on. */
export async function accept(incident: string, hypothesis: string, part: string): Promise<Weighed> {
  await send('POST', `/incidents/${encodeURIComponent(incident)}/plan/factors`, { hypothesis, part })
  return weighed(incident)
}
export const vote = (incident: string, hypothesis: string, given: string): Promise<Weighed> =>
  send('POST', at(incident, '/votes'), { hypothesis, vote: given })
export const undo = (incident: string, decision: string): Promise<Weighed> =>
  send('DELETE', at(incident, `/decisions/${encodeURIComponent(decision)}`))

/** The cell one step away; stays inside. */
export function step(matrix: Matrix, from: [number, number], key: string): [number, number] {
  const [row, column] = from
  const moved: Record<string, [number, number]> = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, 0],
    End: [row, matrix.columns.length - 1],
  }
  const [r, c] = moved[key] ?? from
  return [clamp(r, matrix.rows.length), clamp(c, matrix.columns.length)]
}

/** How much a row separates, 0 to 1, as 0 to 5 bars; whatever separates at all has one. */
export function bars(separates: number): number {
  return Math.max(0, Math.min(5, Math.ceil(separates * 5 - 1e-9)))
}

/** Rows that separate something, then those that say the same of all: the latter are shown on request. */
export function parted(rows: readonly PredictionRow[]): { telling: PredictionRow[]; alike: PredictionRow[] } {
  const tells = (row: PredictionRow): boolean => row.separates > 0 || row.cells.some((cell) => cell.decision_ids.length > 0)
  return { telling: rows.filter(tells), alike: rows.filter((row) => !tells(row)) }
}

/** Where a cell stands now: what is said reorders the rows. A row that no longer tells anything gives way to the first. */
export function placeOf(matrix: Matrix, subject: string): [number, number] | null {
  const { telling, alike } = parted(matrix.rows)
  const rows = telling.length > 0 ? telling : alike
  for (const [r, row] of rows.entries()) {
    const c = row.cells.findIndex((cell) => cell.subject === subject)
    if (c >= 0) return [r, c]
  }
  return null
}

/** What a hypothesis is called at the head of its column. */
export function named(one: Hypothesis): string {
  if (one.part === 'trigger') return one.indicator
  return one.peer ? `${one.service} → ${one.peer}` : one.service
}

/** The range of weight against, as per cent of the largest. */
export function range(low: number, high: number, most: number): { left: number; width: number } {
  const whole = Math.max(most, 1e-9)
  return { left: (low / whole) * 100, width: Math.max(((high - low) / whole) * 100, 3) }
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value))
}
