import { describe, expect, it } from 'vitest'
import { bars, matrixOf, spreadOf, step } from './matrix'
import type { Argument, CausesBody, Hypothesis } from './types'

const argument = (method: string, weight: number, ...ids: string[]): Argument => ({ method, sentence: `${method} ${weight}`, weight, evidence_ids: ids })

const hypothesis = (service: string, more: Partial<Hypothesis>): Hypothesis => ({
  key: `hypothesis/${service}`, service, indicator: 'error_ratio', mechanism: 'errors', part: 'initiating', score: 1,
  confidence: 0.5, onset: null, change_key: null, arguments_for: [], arguments_against: [], standing: 'proposed', ...more,
})

const body = (hypotheses: Hypothesis[], methods: CausesBody['methods'] = []): CausesBody => ({
  verdict: 'supported', confidence: 0.8, hypotheses, methods, cascade: [], separating: '', orphaned_decisions: [], evidence: [],
})

describe('matrix', () => {
  const orders = hypothesis('orders', { arguments_for: [argument('deviation', 0.9, 'e1')], arguments_against: [] })
  const gateway = hypothesis('gateway', { arguments_for: [argument('deviation', 0.8, 'e1')], arguments_against: [argument('topology', 0.4, 'e2')] })

  it('has one row for each method and evidence, the one that separates best first', () => {
    const found = matrixOf(body([orders, gateway]))
    expect(found.rows.map((row) => [row.method, row.cells.map((cell) => cell.mark)])).toEqual([
      ['deviation', ['fits', 'fits']],
      ['topology', ['silent', 'against']],
    ].reverse())
  })

  it('counts what speaks for and against each hypothesis', () => {
    const [, second] = matrixOf(body([orders, gateway])).columns
    expect([second?.speaksFor, second?.speaksAgainst]).toEqual([0.8, 0.4])
  })

  it('does not call a method silent that ranks the service without arguing for it', () => {
    const ranking = [{ service: 'gateway', indicator: 'x', score: 2, evidence_ids: ['e3'], sentence: 'gateway too' }]
    const found = matrixOf(
      body([hypothesis('orders', { arguments_for: [argument('log_novelty', 0.5, 'e3')] }), hypothesis('gateway', {})], [
        { name: 'log_novelty', state: 'ran', detail: '', ranking },
      ]),
    )
    expect(found.rows[0]?.cells[1]).toMatchObject({ mark: 'fits', reasons: [{ sentence: 'gateway too', weight: 2 / Math.log1p(100) }] })
  })

  it('does not let signals of a service argue for a change of it', () => {
    const ranking = [{ service: 'orders', indicator: 'x', score: 2, evidence_ids: ['e1'], sentence: '' }]
    const found = matrixOf(body([orders, hypothesis('orders', { part: 'trigger' })], [{ name: 'deviation', state: 'ran', detail: '', ranking }]))
    expect(found.rows[0]?.cells[1]?.mark).toBe('silent')
  })

  it('gives no bar where all cells say the same, and five where one is fully for and one fully against', () => {
    const cell = (weight: number) => ({ mark: 'fits' as const, weight, reasons: [] })
    expect(bars(spreadOf([cell(0.7), cell(0.7)]))).toBe(0)
    expect(bars(spreadOf([cell(1), cell(-1)]))).toBe(5)
    expect(bars(spreadOf([cell(0.1), cell(0)]))).toBe(1)
    expect(bars(spreadOf([cell(1)]))).toBe(0)
  })

  it('does not count a change as a rival that a row tells apart', () => {
    const change = hypothesis('orders', { part: 'trigger', arguments_for: [argument('change_proximity', 1, 'e7')] })
    const found = matrixOf(body([orders, change, { ...gateway, arguments_for: [argument('deviation', 0.9, 'e1')] }]))
    expect(found.rows.find((row) => row.method === 'deviation')?.separates).toBe(0)
  })

  it('moves by arrows and stays inside', () => {
    const found = matrixOf(body([orders, gateway]))
    expect(step(found, [0, 0], 'ArrowLeft')).toEqual([0, 0])
    expect(step(found, [0, 0], 'ArrowDown')).toEqual([1, 0])
    expect(step(found, [1, 0], 'End')).toEqual([1, 1])
  })
})
