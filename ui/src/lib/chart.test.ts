import { describe, expect, it } from 'vitest'
import { spread } from './chart'

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
