import { expect, test } from 'vitest'
import { told, wordsOf, type Policy } from './api'

test('an effect is told by what changes, and said to be none', () => {
  expect(told({ later: 2, earlier: 0, begun: 1, ended: 0 })).toBe('2 incidents would get a later date, the clock of 1 incident would begin.')
  expect(told({ later: 0, earlier: 0, begun: 0, ended: 0 })).toBe('No date of an open incident would change.')
})

test('the words of a severity are listed', () => {
  const held = { alert_words: [{ word: 'critical', severity: 'SEV1' }, { word: 'warn', severity: 'SEV3' }, { word: 'p1', severity: 'SEV1' }] } as Policy
  expect(wordsOf(held, 'SEV1')).toBe('critical, p1')
})
