/** Arguments of hypotheses as a matrix: kinds of evidence down, hypotheses across, what each says of the other. */

import type { CausesBody, Hypothesis, MethodRun } from './types'

export type Mark = 'fits' | 'against' | 'silent'

const FAINT = 0.1

export interface Reason {
  sentence: string
  /** −1 to 1; against is negative. */
  weight: number
  evidence: string[]
}

export interface Cell {
  mark: Mark
  /** Sum of what speaks for and against, −1 to 1. */
  weight: number
  reasons: Reason[]
}

export interface Row {
  key: string
  method: string
  evidence: string[]
  /** How well the row tells hypotheses apart: bars, 0 to 5. */
  separates: number
  /** The same unrounded: distance between best and worst cell, 0 to 2. */
  spread: number
  cells: Cell[]
}

export interface Column {
  hypothesis: Hypothesis
  /** Added weights of the arguments on each side. */
  speaksFor: number
  speaksAgainst: number
}

export interface Matrix {
  columns: Column[]
  rows: Row[]
}

/** One row for each method and what it rests on, best separating first. */
export function matrixOf(body: CausesBody): Matrix {
  const columns = body.hypotheses.map(columnOf)
  const keys = new Map<string, { method: string; evidence: string[] }>()
  for (const hypothesis of body.hypotheses) {
    for (const one of [...hypothesis.arguments_for, ...hypothesis.arguments_against]) {
      keys.set(rowKey(one.method, one.evidence_ids), { method: one.method, evidence: [...one.evidence_ids].sort() })
    }
  }
  const rows = [...keys].map(([key, { method, evidence }]) => {
    const run = body.methods.find((one) => one.name === method)
    const cells = body.hypotheses.map((hypothesis) => cellOf(hypothesis, key, run))
    // A change stands beside the explanation that it may have set off: it is no rival to tell apart.
    const spread = spreadOf(cells.filter((_, i) => body.hypotheses[i]?.part !== 'trigger'))
    return { key, method, evidence, cells, spread, separates: bars(spread) }
  })
  // What follows from the other rows comes after them.
  const derived = (row: Row): number => (row.method === 'fusion' ? 1 : 0)
  rows.sort((a, b) => derived(a) - derived(b) || b.spread - a.spread || a.key.localeCompare(b.key))
  return { columns, rows }
}

/** Whether a cell says so little that it should not look like an argument. */
export function isFaint(cell: Cell): boolean {
  return cell.mark !== 'silent' && Math.abs(cell.weight) < FAINT
}

/** The cell one step away; stays inside. */
export function step(matrix: Matrix, at: [number, number], key: string): [number, number] {
  const [row, column] = at
  const moved: Record<string, [number, number]> = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, 0],
    End: [row, matrix.columns.length - 1],
  }
  const [r, c] = moved[key] ?? at
  return [clamp(r, matrix.rows.length), clamp(c, matrix.columns.length)]
}

/** Distance between the best and the worst cell, 0 to 2. */
export function spreadOf(cells: readonly Cell[]): number {
  const weights = cells.map((cell) => cell.weight)
  return weights.length < 2 ? 0 : Math.max(...weights) - Math.min(...weights)
}

/** A spread of 0 to 2 as 0 to 5 bars; whatever separates at all has one. */
export function bars(spread: number): number {
  return Math.min(5, Math.ceil((spread / 2) * 5))
}

function columnOf(hypothesis: Hypothesis): Column {
  const add = (weights: number[]): number => weights.reduce((sum, one) => sum + one, 0)
  return {
    hypothesis,
    speaksFor: add(hypothesis.arguments_for.map((one) => one.weight)),
    speaksAgainst: add(hypothesis.arguments_against.map((one) => one.weight)),
  }
}

function cellOf(hypothesis: Hypothesis, key: string, run: MethodRun | undefined): Cell {
  const of = (list: Hypothesis['arguments_for'], sign: number): Reason[] =>
    list
      .filter((one) => rowKey(one.method, one.evidence_ids) === key)
      .map((one) => ({ sentence: one.sentence, weight: sign * one.weight, evidence: one.evidence_ids }))
  const argued = [...of(hypothesis.arguments_for, 1), ...of(hypothesis.arguments_against, -1)]
  const reasons = argued.length > 0 ? argued : unargued(hypothesis, key, run)
  if (reasons.length === 0) return { mark: 'silent', weight: 0, reasons }
  const best = Math.max(0, ...reasons.map((one) => one.weight))
  const worst = Math.min(0, ...reasons.map((one) => one.weight))
  const weight = Math.max(-1, Math.min(1, best + worst))
  return { mark: weight < 0 ? 'against' : 'fits', weight, reasons }
}

// A hypothesis names its strongest arguments only. What the method said of its service beside those still fits:
// an empty cell would read as "says nothing". A change is its own hypothesis; its service's signals do not argue for it.
function unargued(hypothesis: Hypothesis, key: string, run: MethodRun | undefined): Reason[] {
  if (!run || hypothesis.part === 'trigger') return []
  const place = run.ranking.find(
    (one) => one.service === hypothesis.service && one.score !== 0 && rowKey(run.name, one.evidence_ids) === key,
  )
  if (!place) return []
  return [{ sentence: place.sentence, weight: weightOf(place.score), evidence: place.evidence_ids }]
}

// As the stage turns a method's score into an argument's weight: a deviation counts up to a hundredfold, ln(1 + 100).
const CAP = Math.log1p(100)

function weightOf(score: number): number {
  const size = Math.abs(score)
  return Math.sign(score) * Math.min(1, size > 1 ? size / CAP : size)
}

function rowKey(method: string, evidence: readonly string[]): string {
  return `${method} ${[...evidence].sort().join(' ')}`
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value))
}
