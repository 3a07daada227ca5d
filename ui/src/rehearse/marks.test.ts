import { expect, test } from 'vitest'
import type { Noted } from './api'
import { pieces } from './marks'

const noted = (state: string, ...spans: [number, number][]): Noted =>
  ({ criterion: 'system', title: '', says: '', state, spans: spans.map(([start, end]) => ({ start, end })) }) as Noted

test('the pieces together are the answer, and each says whose words end in it', () => {
  const found = pieces('The log has it. What now?', [noted('yes', [0, 15]), noted('partly', [4, 7]), noted('no', [16, 20])])
  expect(found.map((one) => one.text).join('')).toBe('The log has it. What now?')
  expect(found.map((one) => [one.text, one.kind, one.ends])).toEqual([
    ['The ', 'met', []],
    ['log', 'met', [2]],
    [' has it.', 'met', [1]],
    [' ', 'plain', []],
    ['What', 'against', [3]],
    [' now?', 'plain', []],
  ])
})

test('what is not asked for is not underlined, and characters beyond the basic plane count once', () => {
  expect(pieces('😀 yes', [noted('unasked', [0, 1]), noted('yes', [2, 5])]).map((one) => one.text)).toEqual(['😀 ', 'yes'])
  expect(pieces('', [])).toEqual([])
})
