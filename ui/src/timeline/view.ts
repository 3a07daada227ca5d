/** The stretch of the record that is shown: pan and zoom as pure steps that never leave the record. */

import type { Span } from './time'

const SHORTEST_MS = 2000

/** `span` moved and cut so that it lies inside `record`, at least two seconds long. */
export function clamped(span: Span, record: Span): Span {
  const whole = record.to - record.from
  const wide = Math.min(whole, Math.max(Math.min(SHORTEST_MS, whole), span.to - span.from))
  const from = Math.min(Math.max(span.from, record.from), record.to - wide)
  return { from, to: from + wide }
}

/** Moved by `ms`; at an edge of the record it keeps its width and stops. */
export function panned(span: Span, ms: number, record: Span): Span {
  return clamped({ from: span.from + ms, to: span.to + ms }, record)
}

/** Scaled by `factor` (below 1 shows less) around the moment `at`, which stays where it is. */
export function zoomed(span: Span, factor: number, at: number, record: Span): Span {
  const whole = record.to - record.from
  const wide = Math.min(whole, Math.max(Math.min(SHORTEST_MS, whole), (span.to - span.from) * factor))
  const share = (at - span.from) / (span.to - span.from)
  return clamped({ from: at - share * wide, to: at + (1 - share) * wide }, record)
}

/** Moved just enough that `at` is visible with a margin of one tenth; `covered` = share of the right that is hidden. */
export function revealing(span: Span, at: number, record: Span, covered = 0): Span {
  const margin = (span.to - span.from) / 10
  const right = span.to - covered * (span.to - span.from)
  if (at < span.from + margin) return panned(span, at - margin - span.from, record)
  if (at > right - margin) return panned(span, at + margin - right, record)
  return span
}

/** One edge moved by `ms`, the other stays; edges never cross. */
export function resized(span: Span, edge: 'from' | 'to', ms: number, record: Span): Span {
  const shortest = Math.min(SHORTEST_MS, record.to - record.from)
  if (edge === 'from') {
    return { from: Math.min(Math.max(span.from + ms, record.from), span.to - shortest), to: span.to }
  }
  return { from: span.from, to: Math.max(Math.min(span.to + ms, record.to), span.from + shortest) }
}
