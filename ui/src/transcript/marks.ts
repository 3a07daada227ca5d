/** A cue's text cut into plain and marked stretches, so that the words a finding rests on can be underlined. */

import type { Finding } from './types'

export interface Piece {
  text: string
  marked: boolean
}

/** `words` are verbatim parts of `text`; what is not found in it is left out, what overlaps is marked once. */
export function pieces(text: string, words: readonly string[]): Piece[] {
  const spans = words
    .flatMap((word) => {
      const start = word ? text.indexOf(word) : -1
      return start < 0 ? [] : [{ start, end: start + word.length }]
    })
    .sort((a, b) => a.start - b.start)
  const found: Piece[] = []
  let at = 0
  for (const span of spans) {
    if (span.end <= at) continue
    const from = Math.max(at, span.start)
    if (from > at) found.push({ text: text.slice(at, from), marked: false })
    const last = found[found.length - 1]
    if (last?.marked) last.text += text.slice(from, span.end)
    else found.push({ text: text.slice(from, span.end), marked: true })
    at = span.end
  }
  if (at < text.length || found.length === 0) found.push({ text: text.slice(at), marked: false })
  return found
}

/** The words of `text` that a finding names: those of its reasons and its target. */
export function wordsOf(text: string, finding: Finding): string[] {
  const { target, reasons } = finding.verdict
  // The server counts characters by code point, a string of the browser does not.
  const named = target ? [[...text].slice(target.start, target.end).join('')] : []
  return [...reasons.map((reason) => reason.words), ...named]
}
