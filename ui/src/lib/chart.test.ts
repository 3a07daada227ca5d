import { describe, expect, it } from 'vitest'
import { spread, timeTicks } from './chart'

describe('marks under a chart', () => {
  it('lets the weightiest stand where several meet, and counts the others', () => {
    const marks = spread([
      { x: 10, kind: 'human' },
      { x: 15, kind: 'alert' },
      { x: 18, kind: 'change' },
      { x: 60, kind: 'human' },
    ])
    expect(marks).toEqual([
      { x: 15, kind: 'alert', more: 2 },
      { x: 60, kind: 'human', more: 0 },
    ])
  })
})

describe('ticks of a time axis', () => {
  it('stand at round times, no more of them than fit', () => {
    expect(timeTicks(1_000, 61_000, 4)).toEqual([15_000, 30_000, 45_000, 60_000])
    expect(timeTicks(0, 0, 4)).toEqual([0])
  })
})
