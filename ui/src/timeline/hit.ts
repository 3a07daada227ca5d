/** Which item lies under a point of a lane. */

import { GAP_H, ROW_H, type Lane } from './layout'
import type { Item } from './model'
import { markAt, type Mark } from './packing'
import type { Span } from './time'

export interface Ground {
  lane: Lane
  marks: Mark[]
  /** All items, for milestones and gaps, which no lane lists. */
  items: Item[]
  span: Span
  record: Span
  pxPerMs: number
}

const NEAR_PX = 10

/** `x` in pixels from the left edge of the view, `y` from the top of the lane; of several items at one mark the next
 * after `selected`, so that a second click goes on. */
export function itemAt(ground: Ground, x: number, y: number, selected: Item | null): Item | null {
  const { lane, span, pxPerMs, record } = ground
  const at = span.from + x / pxPerMs
  if (lane.type === 'milestones') return nearest(ground.items, at, NEAR_PX / pxPerMs)
  const gap = lane.gaps.find((row) => y >= row.y && y < row.y + GAP_H && (row.from ?? -Infinity) <= at && at <= (row.to ?? Infinity))
  if (gap) return ground.items.find((item) => item.key === gap.key) ?? null
  const row = Math.floor((y - lane.rowsY) / ROW_H)
  if (row < 0 || row >= lane.rows) return null
  const mark = markAt(ground.marks, row, x + (span.from - record.from) * pxPerMs)
  if (!mark) return null
  const here = selected ? mark.items.indexOf(selected) : -1
  return here < 0 ? mark.lead : (mark.items[(here + 1) % mark.items.length] ?? mark.lead)
}

function nearest(items: Item[], at: number, within: number): Item | null {
  let best: Item | null = null
  let closest = Infinity
  for (const item of items) {
    if (item.type !== 'milestone') continue
    const away = at < item.span.from ? item.span.from - at : Math.max(0, at - item.span.to)
    if (away <= within && away + Math.abs(at - item.at) / 1e6 < closest) {
      best = item
      closest = away + Math.abs(at - item.at) / 1e6
    }
  }
  return best
}
