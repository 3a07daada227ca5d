/** Marks of one lane packed into rows at one zoom: where each sits, what it may say, and what was drawn as one. */

import type { Item } from './model'

/** A mark: one item, or several that fall on the same pixels. `x` in pixels from the origin, `room` for its label. */
export interface Mark {
  items: Item[]
  lead: Item
  x: number
  row: number
  room: number
}

/** Rows `from` to `to` (exclusive) of a lane, for the kinds that `holds` takes. */
export interface Band {
  from: number
  to: number
  holds: (item: Item) => boolean
}

const GLYPH = 13
const TEXT_GAP = 11
const CHARACTER = 5.7
const LONGEST = 30
const RANK = ['alert', 'change', 'code', 'added', 'signal', 'status', 'command', 'chat', 'orchestrator']

/** Items sorted by time as marks sorted by x: in the first row of its band where the whole label fits; where none has
 * room, in the last row, with a label cut to what is left, joined with a mark on the same pixels. */
export function pack(items: Item[], bands: Band[], origin: number, pxPerMs: number): Mark[] {
  const marks: Mark[] = []
  const last = new Map<number, Mark>()
  for (const item of items) {
    const x = (item.at - origin) * pxPerMs
    const row = freeRow(bands.find((band) => band.holds(item)), last, x)
    const before = last.get(row)
    if (before && x - before.x < GLYPH) {
      before.items.push(item)
      if (RANK.indexOf(item.kind) < RANK.indexOf(before.lead.kind)) before.lead = item
      continue
    }
    if (before) before.room = x - before.x - GLYPH - TEXT_GAP
    const mark: Mark = { items: [item], lead: item, x, row, room: Infinity }
    last.set(row, mark)
    marks.push(mark)
  }
  return marks
}

function freeRow(band: Band | undefined, last: Map<number, Mark>, x: number): number {
  if (!band) return 0
  for (let row = band.from; row < band.to - 1; row++) {
    const mark = last.get(row)
    if (!mark || mark.x + TEXT_GAP + widthOf(labelOf(mark)) + GLYPH < x) return row
  }
  return band.to - 1
}

/** What a mark says: its title, and how many more it stands for. */
export function labelOf(mark: Mark): string {
  const more = mark.items.length - 1
  return shortened(inLane(mark.lead), LONGEST) + (more ? ` +${more}` : '')
}

// In the lane of a service its name need not be said again.
function inLane(item: Item): string {
  const own = `${item.service}: `
  return item.title.startsWith(own) ? item.title.slice(own.length) : item.title
}

/** The label cut to the room there is; "" where nothing readable fits. */
export function fitted(mark: Mark): string {
  const label = labelOf(mark)
  if (widthOf(label) <= mark.room) return label
  const more = mark.items.length > 1 ? `+${mark.items.length - 1}` : ''
  const letters = Math.floor(mark.room / CHARACTER) - more.length
  if (letters >= 8) return `${shortened(inLane(mark.lead), letters)} ${more}`.trim()
  return widthOf(more) <= mark.room ? more : ''
}

export function widthOf(text: string): number {
  return text.length * CHARACTER
}

export function shortened(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters - 1).trimEnd()}…`
}

/** The index of the first mark at or right of `x`. */
export function firstFrom(marks: Mark[], x: number): number {
  let [low, high] = [0, marks.length]
  while (low < high) {
    const mid = (low + high) >> 1
    if ((marks[mid] as Mark).x < x) low = mid + 1
    else high = mid
  }
  return low
}

/** The mark of `row` under `x`: its glyph, or the label to the right of it. */
export function markAt(marks: Mark[], row: number, x: number): Mark | null {
  let best: Mark | null = null
  for (let i = firstFrom(marks, x - 260); i < marks.length && (marks[i] as Mark).x <= x + 12; i++) {
    const mark = marks[i] as Mark
    if (mark.row !== row) continue
    const right = mark.x + Math.max(12, TEXT_GAP + widthOf(fitted(mark)))
    if (x >= mark.x - 12 && x <= right) best = mark
  }
  return best
}
