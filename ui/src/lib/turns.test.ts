import { expect, test } from 'vitest'
import { broughtBack, turns } from './turns'

test('a thing begins once the one before it was answered or refused', async () => {
  const inTurn = turns()
  const order: string[] = []
  let answer = (): void => undefined
  const first = inTurn(() => new Promise<void>((done) => (answer = done))).then(() => order.push('first'))
  const second = inTurn(() => {
    order.push('second')
    return Promise.reject(new Error('refused'))
  })
  const third = inTurn(() => Promise.resolve(order.push('third')))
  await Promise.resolve()
  expect(order).toEqual([])
  answer()
  await expect(second).rejects.toThrow('refused')
  await Promise.all([first, third])
  expect(order).toEqual(['first', 'second', 'third'])
})

test('words that are refused lose neither themselves nor what was typed since', () => {
  expect(broughtBack('The pool was full.', '')).toBe('The pool was full.')
  expect(broughtBack('The pool was full.', 'Who saw')).toBe('The pool was full. Who saw')
})
