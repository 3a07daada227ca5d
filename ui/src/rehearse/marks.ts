/** An answer cut where a criterion's words begin or end, so that each piece can be underlined. */

import type { Noted } from './api'

export interface Piece {
  text: string
  /** met: words for a criterion; against: words that speak against one; plain: neither. */
  kind: 'plain' | 'met' | 'against'
  /** Numbers of the criteria whose words end here. */
  ends: number[]
}

export function pieces(answer: string, noted: readonly Noted[]): Piece[] {
  // The server counts characters, JavaScript counts halves of those beyond the first 65,536.
  const letters = [...answer]
  const marks = noted.flatMap((one, at) => one.spans.map((span) => ({ ...span, against: one.state === 'no', number: at + 1 })))
  const shown = marks.filter((mark) => mark.start < letters.length && noted[mark.number - 1]?.state !== 'unasked')
  const cuts = [...new Set([0, letters.length, ...shown.flatMap((mark) => [mark.start, Math.min(mark.end, letters.length)])])]
  cuts.sort((a, b) => a - b)
  return cuts.slice(0, -1).map((start, at) => {
    const end = cuts[at + 1]!
    const over = shown.filter((mark) => mark.start <= start && mark.end >= end)
    const against = over.some((mark) => mark.against)
    return {
      text: letters.slice(start, end).join(''),
      kind: against ? 'against' : over.length ? 'met' : 'plain',
      ends: [...new Set(over.filter((mark) => mark.end === end).map((mark) => mark.number))].sort(),
    }
  })
}
