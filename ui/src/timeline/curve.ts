/** One signal on canvas: band behind, line, the part outside its band in deviation, hatch where nothing is known. */

import type { Columns, Curve } from './data'
import { columnsFor } from './data'
import type { Palette } from './palette'
import type { Span } from './time'

export interface Frame {
  ctx: CanvasRenderingContext2D
  colours: Palette
  /** The stretch that is drawn and its first pixel: x = (t - span.from) * pxPerMs. */
  span: Span
  pxPerMs: number
  record: Span
}

export interface Box {
  y: number
  height: number
}

const HATCH_LABEL = 90

/** Draw `curve` into `box`, `words` naming a stretch without data. */
export function drawCurve(frame: Frame, curve: Curve, box: Box, words: (span: Span) => string): void {
  const columns = columnsFor(curve, frame.span)
  const to = heightScale(curve, box)
  const first = Math.max(0, Math.floor((frame.span.from - columns.from) / columns.step) - 1)
  const last = Math.min(columns.min.length, Math.ceil((frame.span.to - columns.from) / columns.step) + 2)
  if (curve.band) drawBand(frame, curve.band, columns, to)
  const holes: Span[] = []
  let i = first
  while (i < last) {
    let end = i
    const missing = columns.max[i] === null
    while (end < last && (columns.max[end] === null) === missing) end++
    // From the last known value to the next: in between nothing is known.
    if (missing) holes.push({ from: columns.from + (i - 0.5) * columns.step, to: columns.from + (end + 0.5) * columns.step })
    else drawRun(frame, curve, columns, i, end, to)
    i = end
  }
  for (const hole of holes) drawHole(frame, hole, box, words(wholeHole(columns, hole)))
}

/** Value to y inside a box; one scale for the whole record, so that a curve keeps its height while zoomed. */
export function heightScale(curve: Curve, box: Box): (value: number) => number {
  const high = Math.max(curve.highest, curve.band?.high ?? -Infinity)
  const low = Math.min(curve.lowest, curve.band?.low ?? Infinity)
  const bottom = low > 0 && low > high * 0.6 ? low - (high - low) * 0.2 : Math.min(low, 0)
  const tall = high > bottom ? (high - bottom) * 1.06 : 1
  return (value) => box.y + 2 + (box.height - 4) * (1 - (value - bottom) / tall)
}

function drawBand(frame: Frame, band: { low: number; high: number }, columns: Columns, to: (value: number) => number): void {
  const { ctx, span, pxPerMs } = frame
  const left = Math.max(0, (columns.from - span.from) * pxPerMs)
  const right = Math.min(span.to, columns.from + columns.min.length * columns.step)
  const top = to(band.high)
  ctx.fillStyle = frame.colours.band
  ctx.fillRect(left, top, (right - span.from) * pxPerMs - left, Math.max(2, to(band.low) - top))
}

function drawRun(frame: Frame, curve: Curve, columns: Columns, from: number, end: number, to: (value: number) => number): void {
  const { ctx, colours, span, pxPerMs } = frame
  const x = (i: number): number => (columns.from + (i + 0.5) * columns.step - span.from) * pxPerMs
  const { min, max } = columns
  ctx.lineJoin = 'round'
  ctx.beginPath()
  if (end - from === 1) ctx.moveTo(x(from) - Math.max(1, (columns.step * pxPerMs) / 2), to(max[from] as number))
  for (let i = from; i < end; i++) {
    ctx.lineTo(x(i), to(max[i] as number))
    if (min[i] !== max[i]) ctx.lineTo(x(i), to(min[i] as number))
  }
  ctx.strokeStyle = colours.signal
  ctx.lineWidth = 1.25
  ctx.stroke()
  if (!curve.band) return
  drawBeyond(frame, { columns, from, end, edge: curve.band.high, x, to, side: 1 })
  drawBeyond(frame, { columns, from, end, edge: curve.band.low, x, to, side: -1 })
}

interface Beyond {
  columns: Columns
  from: number
  end: number
  edge: number
  x: (i: number) => number
  to: (value: number) => number
  side: 1 | -1
}

// Above the upper edge the maximum of a column counts, below the lower edge its minimum.
function drawBeyond({ ctx, colours }: Frame, { columns, from, end, edge, x, to, side }: Beyond): void {
  const values = side === 1 ? columns.max : columns.min
  const isOut = (i: number): boolean => side * ((values[i] as number) - edge) > 0
  let i = from
  while (i < end) {
    if (!isOut(i)) {
      i++
      continue
    }
    const begin = Math.max(from, i - 1)
    while (i < end && isOut(i)) i++
    const stop = Math.min(end - 1, i)
    ctx.beginPath()
    for (let k = begin; k <= stop; k++) ctx.lineTo(x(k), to(values[k] as number))
    ctx.strokeStyle = colours.deviationFill
    ctx.lineWidth = 1.6
    ctx.stroke()
    ctx.beginPath()
    ctx.moveTo(x(begin), to(edge))
    for (let k = begin; k <= stop; k++) ctx.lineTo(x(k), to(side === 1 ? Math.max(values[k] as number, edge) : Math.min(values[k] as number, edge)))
    ctx.lineTo(x(stop), to(edge))
    ctx.globalAlpha = 0.26
    ctx.fillStyle = colours.deviationFill
    ctx.fill()
    ctx.globalAlpha = 1
  }
}

/** A hatched stretch with its words, when they fit and the middle of the visible part is known. */
export function drawHole(frame: Frame, hole: Span, box: Box, text: string): void {
  const { ctx, colours, span, pxPerMs } = frame
  const left = Math.max(-2, (hole.from - span.from) * pxPerMs)
  const right = Math.min((span.to - span.from) * pxPerMs + 2, (hole.to - span.from) * pxPerMs)
  if (right - left < 1) return
  ctx.fillStyle = colours.hatch
  ctx.fillRect(left, box.y, right - left, box.height)
  if (right - left < HATCH_LABEL || !text) return
  halo(frame, text, (left + right) / 2, box.y + box.height / 2 + 4, colours.gap, 'center', right - left - 12)
}

/** Text that stays readable on any ground; left out where it is wider than `most`. */
export function halo(frame: Frame, text: string, x: number, y: number, colour: string, align: CanvasTextAlign = 'left', most = Infinity): void {
  const { ctx, colours } = frame
  if (most !== Infinity && ctx.measureText(text).width > most) return
  ctx.textAlign = align
  ctx.lineJoin = 'round'
  ctx.lineWidth = 4
  ctx.strokeStyle = colours.surface
  ctx.strokeText(text, x, y)
  ctx.fillStyle = colour
  ctx.fillText(text, x, y)
  ctx.textAlign = 'left'
}

// The hole may begin or end outside what is drawn; its words tell its whole length.
function wholeHole(columns: Columns, seen: Span): Span {
  let first = Math.max(0, Math.round((seen.from - columns.from) / columns.step + 0.5))
  let last = Math.round((seen.to - columns.from) / columns.step - 0.5)
  while (first > 0 && columns.max[first - 1] === null) first--
  while (last < columns.max.length && columns.max[last] === null) last++
  return { from: columns.from + first * columns.step, to: columns.from + last * columns.step }
}
