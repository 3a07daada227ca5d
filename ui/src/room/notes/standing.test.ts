import { expect, test } from 'vitest'
import { BEFORE, told, tokens, writers, type Standing } from './standing'

const on: Standing = { ...BEFORE, link: 'on', mayWrite: true, you: 'responder-2' }

test('saved is said only while nothing waits and the connection holds', () => {
  const saying = [
    on,
    { ...on, isWaiting: true },
    { ...on, isWaiting: true, isTroubled: true },
    { ...on, link: 'lost' as const },
    { ...on, link: 'lost' as const, isWaiting: true },
    { ...on, link: 'shut' as const, why: 'full' as const },
    { ...on, isDropped: true },
    { ...on, mayWrite: false },
    BEFORE,
  ].filter((one) => told(one).words === 'saved')
  expect(saying).toEqual([on])
})

test('what is lost is said aloud, with where the words are', () => {
  expect(told({ ...on, link: 'lost', isWaiting: true })).toEqual({
    words: 'Kept in this browser until the connection is back.',
    grave: 'alarm',
  })
})

test('who writes is counted by person, and named where it is one', () => {
  const states = [{ user: { name: 'b' }, cursor: {} }, { user: { name: 'a' }, cursor: {} }, { user: { name: 'a' }, cursor: {} }, { user: { name: 'c' }, cursor: null }, null]
  expect(tokens(states)).toEqual(['a', 'b'])
  expect([writers([], 'a'), writers(['a'], 'a'), writers(['b'], 'a'), writers(['a', 'b'], 'a')]).toEqual(['', 'you write', 'b writes', '2 writing'])
})
