/** The canvas of the timeline: grid, lanes, marks, curves and gaps of one stretch of time and height. */

import { glyph } from './glyphs'
import { fitted, firstFrom, shortened, widthOf, type Mark } from './packing'
import type { Chart, Lane } from './layout'
import { CHART_H, GAP_H, lanesBetween, ROW_H } from './layout'
import type { Milestone } from '../lib/types'
import type { Model } from './model'
import { milestoneName, spanOfMoment } from './model'
import { drawCurve, drawHole, halo, type Frame } from './curve'
import type { Curve } from './data'
import { length, onsetText, holeText } from './words'
import type { Span, Ticks } from './time'

export interface Scene extends Frame {
  model: Model
  lanes: Lane[]
  top: number
  bottom: number
  /** The right edge of what is seen, in pixels: more is drawn than that, to be moved into view. */
  edge: number
  ticks: Ticks
  marks: (lane: Lane) => Mark[]
  curve: (key: string) => Curve | undefined
}

/** Paint everything between `top` and `bottom`; the context's origin is the top of the first lane. */
export function drawScene(scene: Scene): void {
  const { ctx, colours, span, pxPerMs, top, bottom } = scene
  const width = (span.to - span.from) * pxPerMs
  ctx.clearRect(0, top, width, bottom - top)
  ctx.font = `11px ${colours.sans}`
  ctx.textBaseline = 'alphabetic'
  drawGrid(scene)
  for (const lane of lanesBetween(scene.lanes, top, bottom)) {
    ctx.fillStyle = colours.line
    ctx.fillRect(0, lane.y + lane.height - 1, width, 1)
    if (lane.type === 'milestones') drawMilestones(scene, lane)
    if (lane.type === 'gaps') drawGapRows(scene, lane)
    if (lane.type === 'service') drawService(scene, lane)
    drawMarks(scene, lane)
  }
}

function drawGrid({ ctx, colours, span, pxPerMs, top, bottom, ticks }: Scene): void {
  ctx.fillStyle = colours.line
  for (const t of ticks.major) ctx.fillRect(Math.round((t - span.from) * pxPerMs), top, 1, bottom - top)
  ctx.globalAlpha = 0.55
  for (const t of ticks.minor) ctx.fillRect(Math.round((t - span.from) * pxPerMs), top, 1, bottom - top)
  ctx.globalAlpha = 1
}

function drawService(scene: Scene, lane: Lane): void {
  drawGapRows(scene, lane)
  for (const chart of lane.charts) {
    const y = lane.y + chart.y
    if (y > scene.bottom || y + CHART_H < scene.top) continue
    const curve = scene.curve(chart.signal.key)
    if (curve) drawCurve(scene, curve, { y, height: CHART_H }, (hole) => holeText(hole, scene.record))
    if (chart.signal.onset) drawOnset(scene, chart, y)
  }
}

function drawOnset(scene: Scene, chart: Chart, y: number): void {
  const { ctx, colours, span, pxPerMs } = scene
  const onset = chart.signal.onset
  if (!onset) return
  const when = spanOfMoment(onset.moment)
  const [left, right] = [(when.from - span.from) * pxPerMs, (when.to - span.from) * pxPerMs]
  const wide = Math.max(8, right - left)
  ctx.fillStyle = colours.deviation
  ctx.beginPath()
  ctx.roundRect((left + right - wide) / 2, y + CHART_H + 3, wide, 5, 2.5)
  ctx.fill()
  halo(scene, onsetText(when), (left + right - wide) / 2 - 5, y + CHART_H + 10, colours.deviation, 'right')
}

function drawGapRows(scene: Scene, lane: Lane): void {
  for (const gap of lane.gaps) {
    const hole = { from: gap.from ?? scene.record.from, to: gap.to ?? scene.record.to }
    const text = gap.from === null ? gap.text : `${gap.text} ${length(hole.to - hole.from)}`
    drawHole(scene, hole, { y: lane.y + gap.y, height: GAP_H - 3 }, text)
  }
}

function drawMarks(scene: Scene, lane: Lane): void {
  if (!lane.rows) return
  const { ctx, colours, span, pxPerMs } = scene
  const marks = scene.marks(lane)
  const shift = (scene.record.from - span.from) * pxPerMs
  const width = (span.to - span.from) * pxPerMs
  const from = firstFrom(marks, -shift - 240)
  const end = firstFrom(marks, width + 12 - shift)
  const yOf = (mark: Mark): number => lane.y + lane.rowsY + mark.row * ROW_H + ROW_H / 2
  // Stems first: a word is never struck through by the stem of another mark.
  if (lane.charts.length > 0 && firstFrom(marks, width - shift) - from < MANY) {
    for (let i = from; i < end; i++) drawStem(scene, lane, marks[i] as Mark, (marks[i] as Mark).x + shift, yOf(marks[i] as Mark))
  }
  const taken: number[] = []
  for (let i = from; i < end; i++) {
    const mark = marks[i] as Mark
    const [x, y] = [mark.x + shift, yOf(mark)]
    drawDoubt(scene, mark, x, y)
    glyph(ctx, mark.lead, x, y, colours)
    const text = fitted(mark)
    if (!text) continue
    // At the right edge the words go to the left of their mark, where nothing else stands.
    const flips = x < scene.edge && x + BESIDE + widthOf(text) > scene.edge && x - BESIDE - widthOf(text) > (taken[mark.row] ?? -Infinity)
    const cut = !flips && x < scene.edge && x + BESIDE + widthOf(text) > scene.edge
    halo(scene, cut ? toEdge(text, scene.edge - x - BESIDE) : text, flips ? x - BESIDE : x + BESIDE, y + 4, colours.ink2, flips ? 'right' : 'left')
    taken[mark.row] = x + BESIDE + widthOf(text)
  }
}

function toEdge(text: string, room: number): string {
  const letters = Math.floor((room / widthOf(text)) * text.length)
  return letters >= FEWEST ? shortened(text, letters) : ''
}

// An interval is never a dot alone: its length lies under the glyph.
function drawDoubt({ ctx, colours, pxPerMs }: Scene, mark: Mark, x: number, y: number): void {
  const half = ((mark.lead.span.to - mark.lead.span.from) * pxPerMs) / 2
  if (half < 6) return
  ctx.fillStyle = mark.lead.kind === 'signal' ? colours.deviationFill : colours.ink3
  ctx.globalAlpha = 0.5
  ctx.fillRect(x - half, y + 6, half * 2, 1.5)
  ctx.globalAlpha = 1
}

function drawStem({ ctx, colours }: Scene, lane: Lane, mark: Mark, x: number, y: number): void {
  if (mark.lead.kind !== 'change' && mark.lead.kind !== 'alert') return
  ctx.fillStyle = mark.lead.kind === 'alert' ? colours.alert : colours.change
  ctx.globalAlpha = 0.55
  const last = lane.charts[lane.charts.length - 1] as Chart
  ctx.fillRect(Math.round(x), y + 7, 1, lane.y + last.y + CHART_H - y - 5)
  ctx.globalAlpha = 1
}

const TRACK_H = 13
const BESIDE = 11
const FEWEST = 6
// More stems than this hide the curves that they point to.
const MANY = 60

const PHASES: [Milestone['kind'], Milestone['kind'], string][] = [
  ['impact_began', 'detected', 'Unnoticed'],
  ['detected', 'acknowledged', 'Unclaimed'],
  ['acknowledged', 'mitigation_began', 'Diagnosing'],
  ['mitigation_began', 'resolved', 'Mitigating'],
]

function drawMilestones(scene: Scene, lane: Lane): void {
  const { span, pxPerMs } = scene
  const known = new Map(scene.model.milestones.flatMap((one) => (one.moment ? [[one.kind, spanOfMoment(one.moment)] as const] : [])))
  const x = (t: number): number => (t - span.from) * pxPerMs
  for (const [begin, end, name] of PHASES) {
    const [a, b] = [known.get(begin), known.get(end)]
    if (!a || !b) continue
    const phase = { from: middleOf(a), to: middleOf(b) }
    if (phase.to <= phase.from) continue
    drawPhase(scene, x(phase.from), x(phase.to), lane.y + 8, [name, length(phase.to - phase.from)])
  }
  drawEdges(scene, scene.model.milestones, lane.y + 36)
}

function drawPhase({ ctx, colours }: Scene, left: number, right: number, y: number, [name, long]: [string, string]): void {
  const wide = right - left - 2
  if (wide < 1) return
  ctx.beginPath()
  ctx.roundRect(left + 1, y, wide, 20, 3)
  ctx.fillStyle = colours.sunken
  ctx.fill()
  ctx.strokeStyle = colours.line2
  ctx.lineWidth = 1
  ctx.stroke()
  ctx.font = `560 11px ${colours.sans}`
  const nameWidth = ctx.measureText(name).width
  ctx.fillStyle = colours.ink
  if (nameWidth + 10 < wide) ctx.fillText(name, left + 8, y + 14)
  ctx.font = `11px ${colours.sans}`
  ctx.fillStyle = colours.ink3
  ctx.textAlign = 'right'
  if (nameWidth + ctx.measureText(long).width + 28 < wide) ctx.fillText(long, right - 8, y + 14)
  ctx.textAlign = 'left'
}

interface Edge {
  left: number
  wide: number
  text: string
  track: number
}

// Each milestone is a bar as long as its doubt, its name beside it where the next bar of its track leaves room.
function drawEdges(scene: Scene, milestones: Milestone[], y: number): void {
  const { ctx, colours } = scene
  const edges = placedEdges(scene, milestones)
  edges.forEach((edge, i) => {
    ctx.fillStyle = colours.ink
    ctx.beginPath()
    ctx.roundRect(edge.left, y + edge.track * TRACK_H, edge.wide, 6, 3)
    ctx.fill()
    const next = edges.slice(i + 1).find((other) => other.track === edge.track)
    const room = (next?.left ?? Infinity) - edge.left - edge.wide - 8
    halo(scene, edge.text, edge.left + edge.wide + 5, y + 7 + edge.track * TRACK_H, colours.ink3, 'left', room)
  })
}

function placedEdges({ ctx, span, pxPerMs }: Scene, milestones: Milestone[]): Edge[] {
  const ends = [-Infinity, -Infinity, -Infinity]
  const known = milestones.flatMap((one) => (one.moment ? [{ one, when: spanOfMoment(one.moment) }] : []))
  return known
    .sort((a, b) => a.when.from - b.when.from)
    .map(({ one, when }) => {
      const wide = Math.max(8, (when.to - when.from) * pxPerMs)
      const left = (middleOf(when) - span.from) * pxPerMs - wide / 2
      const text = milestoneName(one.kind).toLowerCase()
      const free = ends.findIndex((end) => left > end)
      const track = free < 0 ? ends.indexOf(Math.min(...ends)) : free
      ends[track] = left + wide + 14 + ctx.measureText(text).width
      return { left, wide, text, track }
    })
}

function middleOf(span: Span): number {
  return (span.from + span.to) / 2
}
