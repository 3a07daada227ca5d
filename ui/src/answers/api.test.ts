import { describe, expect, it } from 'vitest'
import { evidenceOf, rangeIn, spokenOf } from './api'
import type { Card } from './types'

const card: Card = {
  key: 'safe_tonight',
  question: 'Are we safe tonight?',
  is_refusal: false,
  lines: [
    { part: 'answer', text: 'The release is off.', evidence_ids: ['ev-1', 'ev-2'] },
    { part: 'confidence', text: 'A repeat is very unlikely (5–20 %).', evidence_ids: ['ev-2'] },
  ],
}

describe('an answer card', () => {
  it('is read aloud line by line, and rests on each evidence once', () => {
    expect(spokenOf(card)).toBe('The release is off. A repeat is very unlikely (5–20 %).')
    expect(evidenceOf(card)).toEqual(['ev-1', 'ev-2'])
  })

  it('draws a range only where its sentence prints one', () => {
    expect(rangeIn(card.lines[1]!.text)).toEqual({ low: 5, high: 20 })
    expect(rangeIn('How likely a repeat is cannot be estimated yet.')).toBeNull()
    expect(rangeIn('1,019 failed requests (980 to 1,050)')).toBeNull()
  })
})
