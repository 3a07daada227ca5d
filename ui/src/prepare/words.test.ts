import { expect, test } from 'vitest'
import { forInput, stepped } from './words'

test('a step stays within what the others leave', () => {
  expect(stepped({ minutes: 12, least: 1, most: 13 }, 1)).toBe(13)
  expect(stepped({ minutes: 13, least: 1, most: 13 }, 1)).toBeNull()
  expect(stepped({ minutes: 2, least: 2, most: 40 }, -1)).toBeNull()
})

test('a time is shown on the clock of the browser, and an unset one as nothing', () => {
  const at = new Date(2026, 2, 4, 9, 5)
  expect(forInput(at.toISOString())).toBe('2026-03-04T09:05')
  expect(forInput(null)).toBe('')
})
