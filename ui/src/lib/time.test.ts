import { describe, expect, it } from 'vitest'
import { dated } from './time.svelte'

describe('a date without a time', () => {
  const now = Date.parse('2026-11-22T23:30:00-08:00')
  it('is the same day in every zone, with its weekday', () => {
    expect(dated('2026-11-27', now)).toBe('Fri 27 Nov')
  })
  it('names the year where it is another one', () => {
    expect(dated('2027-01-15', now)).toBe('Fri 15 Jan 2027')
  })
})
