import { expect, test } from 'vitest'
import { ticks, typedTime, zoneOffset } from './time'
import { clamped, panned, resized, revealing, zoomed } from './view'

const record = { from: 0, to: 600_000 }
const view = { from: 100_000, to: 200_000 }

test('panning stops at the edge of the record and keeps its width', () => {
  expect(panned(view, -500_000, record)).toEqual({ from: 0, to: 100_000 })
  expect(panned(view, 900_000, record)).toEqual({ from: 500_000, to: 600_000 })
})

test('zooming keeps the moment under the pointer where it is', () => {
  const near = zoomed(view, 0.5, 120_000, record)
  expect(near).toEqual({ from: 110_000, to: 160_000 })
  expect((120_000 - near.from) / (near.to - near.from)).toBeCloseTo(0.2)
})

test('zooming ends at the whole record and at two seconds', () => {
  expect(zoomed(view, 1000, 150_000, record)).toEqual(record)
  const near = zoomed(view, 1e-9, 150_000, record)
  expect(near.to - near.from).toBe(2000)
})

test('an edge never crosses the other one or leaves the record', () => {
  expect(resized(view, 'from', 500_000, record)).toEqual({ from: 198_000, to: 200_000 })
  expect(resized(view, 'to', 900_000, record)).toEqual({ from: 100_000, to: 600_000 })
  expect(clamped({ from: -5000, to: 5000 }, record)).toEqual({ from: 0, to: 10_000 })
})

test('a moment beside the view is brought in; one behind a drawer too', () => {
  const there = revealing(view, 400_000, record)
  expect(there.from < 400_000 && 400_000 < there.to).toBe(true)
  expect(revealing(view, 150_000, record)).toEqual(view)
  expect(revealing(view, 190_000, record, 0.45).from).toBeGreaterThan(view.from)
})

test('ticks are round in the zone of the incident, not in UTC', () => {
  const span = { from: Date.parse('2026-11-21T10:00:00Z'), to: Date.parse('2026-11-22T10:00:00Z') }
  const kolkata = zoneOffset('Asia/Kolkata', span.from)
  expect(kolkata).toBe(5.5 * 3_600_000)
  const { major, step } = ticks(span, 600, kolkata)
  expect(step).toBe(6 * 3_600_000)
  expect(major.every((t) => (t + kolkata) % step === 0)).toBe(true)
})

test('labels keep their distance at every width', () => {
  for (const wide of [2000, 61_000, 3_700_000, 90_000_000, 4e10]) {
    const { major } = ticks({ from: 1e12, to: 1e12 + wide }, 800)
    const apart = major.slice(1).map((t, i) => ((t - (major[i] as number)) / wide) * 800)
    expect(Math.min(...apart, 84)).toBeGreaterThanOrEqual(84 - 1e-6)
  }
})

test('a typed time means the nearest such time of day', () => {
  const near = Date.parse('2026-11-21T23:50:00Z')
  expect(typedTime('0:10', near)).toBe(Date.parse('2026-11-22T00:10:00Z'))
  expect(typedTime('23:49:30', near)).toBe(near - 30_000)
  expect(typedTime('25:00', near)).toBeNull()
  expect(typedTime('soon', near)).toBeNull()
})
