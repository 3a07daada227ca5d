import { expect, test } from 'vitest'
import type { Item } from './model'
import { placeIn, shareOf, stepsOf } from './walk'

const item = (key: string, kind: Item['kind'], type: Item['type'] = 'event'): Item => ({
  key, type, kind, at: 0, span: { from: 0, to: 0 }, service: null, title: key, body: '', actor: null, evidence: [], attributes: [],
})

test('a walk begins with what lay before the first change and leaves gaps and hidden entries out', () => {
  const items = [item('a', 'chat'), item('b', 'orchestrator'), item('g', 'gap', 'gap'), item('c', 'change'), item('d', 'alert'), item('m', 'milestone', 'milestone')]
  const hidden = { ...item('h', 'chat'), aside: { event: null, why: '', actor: '', at: '', decision_id: '' } as never }
  expect(stepsOf([...items, hidden]).map((one) => one.key)).toEqual(['b', 'c', 'd', 'm'])
})

test('without a change it begins at the first event, and an unknown place is the first step', () => {
  const steps = stepsOf([item('a', 'chat'), item('d', 'alert')])
  expect(steps.map((one) => one.key)).toEqual(['a', 'd'])
  expect([placeIn(steps, 'd'), placeIn(steps, 'gone')]).toEqual([1, 0])
})

test('a place on the way is a share of it, also where it has no length', () => {
  expect([shareOf({ from: 10, to: 20 }, 15), shareOf({ from: 10, to: 20 }, 99), shareOf({ from: 5, to: 5 }, 5)]).toEqual([0.5, 1, 0])
})
