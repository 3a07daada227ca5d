/** A text as lines, each with its findings and cut where their words begin and end. */

import type { Finding } from './types'

export interface Piece {
  text: string
  /** The finding whose words these are: its place in the list, or -1. */
  finding: number
}

export interface Line {
  number: number
  pieces: Piece[]
  /** Findings that begin in this line, by their place in the list. */
  starts: number[]
}

/** Findings in order of place; their columns count characters, from 1, and so does a string spread into characters. */
export function lines(text: string, findings: readonly Finding[]): Line[] {
  return text.split(/\r\n|\r|\n/).map((content, index) => {
    const number = index + 1
    const met = findings.map((one, place) => ({ one, place })).filter(({ one }) => one.line <= number && number <= one.end_line)
    return {
      number,
      pieces: met.length ? cut([...content], number, met) : [{ text: content, finding: -1 }],
      starts: met.filter(({ one }) => one.line === number).map(({ place }) => place),
    }
  })
}

function cut(signs: string[], number: number, met: { one: Finding; place: number }[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { one, place } of met) {
    const from = Math.max(at, one.line === number ? one.column - 1 : 0)
    const to = one.end_line === number ? Math.min(one.end_column - 1, signs.length) : signs.length
    if (from >= to) continue
    if (from > at) pieces.push({ text: signs.slice(at, from).join(''), finding: -1 })
    pieces.push({ text: signs.slice(from, to).join(''), finding: place })
    at = to
  }
  if (at < signs.length || pieces.length === 0) pieces.push({ text: signs.slice(at).join(''), finding: -1 })
  return pieces
}
