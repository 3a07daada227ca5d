import { expect, test } from 'vitest'
import { filterOf, withFilter } from './views'

test('a filter is set, replaced and taken away, and words stay', () => {
  const one = withFilter('pool', 'severity', 'SEV1')
  expect(one).toBe('pool severity:SEV1')
  expect(filterOf(one, 'severity')).toBe('SEV1')
  expect(withFilter(one, 'severity', 'SEV2')).toBe('pool severity:SEV2')
  expect(withFilter(one, 'severity', '')).toBe('pool')
})
