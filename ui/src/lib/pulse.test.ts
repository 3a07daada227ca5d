import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { OPENING_MS, Pulse, SILENT_MS } from './pulse'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('a socket that says something now and then is never taken for dead', () => {
  const silent = vi.fn()
  const pulse = new Pulse(silent)
  pulse.begin()
  vi.advanceTimersByTime(OPENING_MS - 1)
  for (let beats = 0; beats < 20; beats += 1) {
    pulse.felt()
    vi.advanceTimersByTime(SILENT_MS - 1)
  }
  expect(silent).not.toHaveBeenCalled()
})

test('one that opens into nothing, or falls silent, is noticed once', () => {
  const silent = vi.fn()
  const pulse = new Pulse(silent)
  pulse.begin()
  vi.advanceTimersByTime(OPENING_MS)
  expect(silent).toHaveBeenCalledTimes(1)
  pulse.felt()
  vi.advanceTimersByTime(10 * SILENT_MS)
  expect(silent).toHaveBeenCalledTimes(2)
})

test('nothing is noticed of a socket that was left', () => {
  const silent = vi.fn()
  const pulse = new Pulse(silent)
  pulse.felt()
  pulse.stop()
  vi.advanceTimersByTime(10 * SILENT_MS)
  expect(silent).not.toHaveBeenCalled()
})
