import { describe, expect, it } from 'vitest'
import { bars, named, parted, placeOf, range, step } from './matrix'
import type { Cell, Hypothesis, Matrix, PredictionRow } from './types'

const cell = (over: Partial<Cell> = {}): Cell => ({
  hypothesis: 'h', subject: 'c', result: 'held', machine: 'held', prediction: '', observed: '', circular: false,
  evidence_ids: [], decision_ids: [], reason: '', ...over,
})
const row = (key: string, separates: number, cells: Cell[] = [cell(), cell()]): PredictionRow => ({
  key, title: key, observed: '', weight: 1, separates, cells, evidence_ids: [], signal_keys: [], ask: '',
})
const column = { hypothesis: 'h', against_low: 0, against_high: 0, held: 0, place: 1, fused_place: 1, votes_for: 0, votes_against: 0 }
const matrix: Matrix = {
  rows: [row('a', 0.7), row('b', 0)], columns: [column, column], flips: [], steadiness: '', objection: null, left_out: 0,
  orphaned_contributions: [],
}

describe('the matrix', () => {
  it('moves by arrows and stays inside', () => {
    expect(step(matrix, [0, 0], 'ArrowLeft')).toEqual([0, 0])
    expect(step(matrix, [0, 0], 'ArrowDown')).toEqual([1, 0])
    expect(step(matrix, [1, 0], 'End')).toEqual([1, 1])
  })

  it('gives five bars to what separates all that could be, and one to whatever separates at all', () => {
    expect([bars(0), bars(0.01), bars(0.6), bars(1)]).toEqual([0, 1, 3, 5])
  })

  it('sets rows apart that say the same of every hypothesis, unless somebody marked them', () => {
    expect(parted(matrix.rows).alike.map((one) => one.key)).toEqual(['b'])
    const marked = row('c', 0, [cell({ decision_ids: ['d'] })])
    expect(parted([marked]).telling).toEqual([marked])
  })

  it('finds a cell again after the rows were reordered, and not where its row is folded away', () => {
    const moved = { ...matrix, rows: [row('b', 0.9), row('a', 0.7, [cell(), cell({ subject: 'mine' })])] }
    expect(placeOf(moved, 'mine')).toEqual([1, 1])
    expect(placeOf({ ...moved, rows: [row('b', 0.9), row('a', 0, [cell({ subject: 'mine' })])] }, 'mine')).toBeNull()
  })

  it('calls a hypothesis by its service, its calls or its change', () => {
    const one = { service: 'orders', peer: null, part: 'initiating', indicator: 'x' } as Hypothesis
    expect([named(one), named({ ...one, peer: 'store' }), named({ ...one, part: 'trigger' })]).toEqual(['orders', 'orders → store', 'x'])
  })

  it('draws a range from what failed to what cannot be told as well', () => {
    expect(range(1, 3, 4)).toEqual({ left: 25, width: 50 })
    expect(range(0, 0, 4)).toEqual({ left: 0, width: 3 })
  })
})
