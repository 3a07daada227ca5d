import { describe, expect, it } from 'vitest'
import { chosen, offered, unknown } from './mention'

const PEOPLE = ['responder-1', 'responder-2', 'scribe-1', 'owner']

describe('an @ in a draft', () => {
  it('offers those who fit what was typed, and nobody once the word is whole', () => {
    expect(offered('Ask @', PEOPLE)).toEqual(PEOPLE)
    expect(offered('Ask @resp', PEOPLE)).toEqual(['responder-1', 'responder-2'])
    expect(offered('Ask @scribe-1', PEOPLE)).toEqual([])
    expect(offered('mail kim@resp', PEOPLE)).toEqual([])
    expect(offered('Ask @scribe-1 now', PEOPLE)).toEqual([])
  })
  it('puts the chosen one where the word was begun', () => {
    expect(chosen('Ask @re now', 7, 'responder-2')).toEqual({ text: 'Ask @responder-2 now', caret: 17 })
  })
  it('says who is nobody here, and who may be meant', () => {
    expect(unknown('@responder-22, @scribe-1 and @manager-9', PEOPLE)).toEqual([
      { who: 'responder-22', near: 'responder-2' },
      { who: 'manager-9', near: '' },
    ])
  })
})
