import { describe, expect, it } from 'vitest'
import { pieces } from './markup'

describe('pieces', () => {
  it('sets what is marked and leaves the rest', () => {
    expect(pieces('The `pool` was **full**, see [runbook](https://wiki.example/r).').map((one) => [one.kind, one.text])).toEqual([
      ['text', 'The '], ['code', 'pool'], ['text', ' was '], ['strong', 'full'], ['text', ', see '], ['link', 'runbook'], ['text', '.'],
    ])
  })

  it('links nowhere but outside', () => {
    expect(pieces('[click](javascript:alert)')).toEqual([{ kind: 'text', text: '[click](javascript:alert)' }])
    expect(pieces('<b>bold</b>')).toEqual([{ kind: 'text', text: '<b>bold</b>' }])
  })

  it('takes an escaped sign as the sign', () => {
    expect(pieces('2 \\* 3 * 4')).toEqual([{ kind: 'text', text: '2 * 3 * 4' }])
  })
})
