import { describe, expect, it } from 'vitest'
import { lead, levelsOf, lineOf, moved, niceStep, placed, reachOf, sooner, valued } from './line'
import type { ReplayedRule } from './types'

describe('the line', () => {
  const reach = reachOf({ lowest: 0, highest: 20, value: 10 })

  it('reaches over all that was ever seen, in steps that read well', () => {
    expect(reach).toEqual({ low: 0, high: 20.5, step: 0.5 })
    expect(niceStep(0.0031)).toBeCloseTo(0.005)
    expect(reachOf({ lowest: 3, highest: 3, value: 3 }).step).toBeGreaterThan(0)
  })

  it('moves by keys and stops at its ends', () => {
    expect(moved('ArrowUp', 10, reach)).toBe(10.5)
    expect(moved('PageDown', 2, reach)).toBe(0)
    expect(moved('End', 2, reach)).toBe(20.5)
    expect(moved('a', 2, reach)).toBeUndefined()
  })

  it('is read with its unit, and beside levels that read well', () => {
    expect([valued(1, '{connection}'), valued(10, '{connection}'), valued(3.7, 's'), valued(2, undefined)]).toEqual(['1 connection', '10 connections', '3.7 s', '2'])
    expect(levelsOf(0, 21.2)).toEqual([0, 10, 20])
    expect(levelsOf(-0.3, 0.9)).toEqual([0, 0.5])
  })

  it('takes the nearest place that reads well', () => {
    expect(placed(7.26, reach)).toBe(7.5)
    expect(placed(99, reach)).toBe(20.5)
    expect(placed(0.30000000000000004, { low: 0, high: 1, step: 0.1 })).toBe(0.3)
  })
})

describe('what a replay says', () => {
  const rule = (kind: string, sooner_s: [number, number] | null): ReplayedRule =>
    ({
      outcome: 'fired',
      sooner_s,
      rule: { title: 'fill', short: 'fill', kind, unit: '{connection}', hold_s: 15 },
      lever: { op: '>', value: 10, lowest: 0, highest: 20 },
    }) as unknown as ReplayedRule

  it('is short in a table and a clause in a sentence', () => {
    expect([sooner(rule('threshold', [66, 82])), sooner(rule('threshold', [-19, -3]))]).toEqual(['1 m 06 s – 1 m 22 s', '3 s – 19 s later'])
    expect(lead(rule('threshold', [66, 82]))).toBe('1 min 06 s – 1 min 22 s sooner than a person was told')
    expect(lead(rule('threshold', null))).toBe('and when a person was told is not on record')
    expect(lineOf(rule('threshold', null))).toBe('above 10\u00a0connections for 15\u00a0s')
  })
})
