import { expect, test } from 'vitest'
import { missed, rejoin, touches, wait } from './following'

const change = (subject: string) => ({ seq: 1, id: 'a', subject, kind: 'star', actor: 'owner', at: '' })

test('a change concerns pages by the beginning of its subject, and a taking back concerns all', () => {
  expect(touches(change('event/a'), ['event/', 'milestone/'])).toBe(true)
  expect(touches(change('hypothesis/a'), ['event/'])).toBe(false)
  expect(touches(change('-'), ['event/'])).toBe(true)
  expect(touches({ ...change('event/a'), kind: 'comment' }, ['event/'])).toBe(false)
  expect(touches({ ...change('event/a'), kind: 'comment' }, [], ['comment'])).toBe(true)
})

test('records older than the page are noticed', () => {
  expect([missed(null, 0), missed(4, 4), missed(4, 9), missed(4, 3)]).toEqual([false, false, false, true])
})

test('each try waits longer, up to a limit', () => {
  expect([1, 2, 3, 6, 40].map(wait)).toEqual([500, 1000, 2000, 15_000, 15_000])
})

test('a room is joined again within a second and a half, and not by all at once', () => {
  for (let tries = 1; tries <= 60; tries += 1) expect(rejoin(tries, 1)).toBeLessThanOrEqual(1300)
  expect(rejoin(1, 0)).toBe(140)
  expect(rejoin(5, 0)).not.toBe(rejoin(5, 0.5))
  expect(rejoin(100, 0.5)).toBe(5000)
})
