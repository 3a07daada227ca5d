import { describe, expect, it } from 'vitest'
import { lines } from './lines'
import type { Finding } from './types'

const finding = (line: number, column: number, end_line: number, end_column: number): Finding => ({
  line, column, end_line, end_column, rule: 'blame', severity: 2, words: '', sentence: '', reason: '', suggestion: '',
})

describe('lines', () => {
  it('cuts a line where the words of a finding begin and end', () => {
    const [first, second] = lines('All calm.\nThen we should have tested it.', [finding(2, 6, 2, 20)])
    expect(first).toEqual({ number: 1, pieces: [{ text: 'All calm.', finding: -1 }], starts: [] })
    expect(second?.pieces.map((piece) => [piece.text, piece.finding])).toEqual([['Then ', -1], ['we should have', 0], [' tested it.', -1]])
    expect(second?.starts).toEqual([0])
  })

  it('follows words over a line break and tells the finding once', () => {
    const cut = lines('Then we\nshould have it', [finding(1, 6, 2, 12)])
    expect(cut.map((line) => line.pieces.find((piece) => piece.finding === 0)?.text)).toEqual(['we', 'should have'])
    expect(cut.map((line) => line.starts)).toEqual([[0], []])
  })

  it('counts characters and not halves of them', () => {
    expect(lines('🙂 we did', [finding(1, 3, 1, 5)])[0]?.pieces[1]?.text).toBe('we')
  })

  it('keeps every character where findings meet or reach over the end', () => {
    const text = 'abc def'
    const cut = lines(text, [finding(1, 1, 1, 4), finding(1, 3, 1, 90)])
    expect(cut[0]?.pieces.map((piece) => piece.text).join('')).toBe(text)
  })
})
