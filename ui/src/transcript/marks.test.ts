import { describe, expect, it } from 'vitest'
import { pieces } from './marks'

describe('the words that a finding rests on', () => {
  const text = 'Who signed off that release without checking it?'

  it('are marked where they stand, in the order of the text', () => {
    expect(pieces(text, ['without checking', 'Who signed off'])).toEqual([
      { text: 'Who signed off', marked: true },
      { text: ' that release ', marked: false },
      { text: 'without checking', marked: true },
      { text: ' it?', marked: false },
    ])
  })

  it('are marked once where two reasons meet', () => {
    expect(pieces(text, ['Who signed', 'signed off', 'signed'])).toEqual([
      { text: 'Who signed off', marked: true },
      { text: text.slice('Who signed off'.length), marked: false },
    ])
  })

  it('never hide the text where they are not in it', () => {
    expect(pieces(text, ['somebody', ''])).toEqual([{ text, marked: false }])
    expect(pieces('', [])).toEqual([{ text: '', marked: false }])
  })
})
