/** Which lanes there are, how high each is, and what lies at a point. Heights never depend on the zoom. */

import type { EventKind } from '../lib/types'
import { passes } from './filters'
import type { Item, Model, Signal } from './model'
import { gapName, serviceOfGap } from './model'
import type { Band } from './packing'

export const ROW_H = 19
export const CHART_H = 46
export const GAP_H = 18
const CHART_SPACE = 16
const PAD = 8
const MILESTONES_H = 78
const MANY_PEOPLE = 12
const MANY_ACTS = 3

export type Shown = 'events' | 'key' | 'all'

/** What the reader wants to see; `kinds` and `services` name what is hidden, `opened` the lanes with all signals. */
export interface Choice {
  hiddenKinds: ReadonlySet<EventKind>
  hiddenServices: ReadonlySet<string>
  opened: ReadonlySet<string>
  shown: Shown
  /** Cuts the events down: starred, people's, unconfirmed; `hidden` adds what was set aside. */
  only: ReadonlySet<string>
  text: string
}

export interface Chart {
  signal: Signal
  y: number
}

export interface GapRow {
  key: string
  text: string
  y: number
  from: number | null
  to: number | null
}

export interface Lane {
  id: string
  type: 'milestones' | 'people' | 'service' | 'gaps'
  name: string
  note: string
  y: number
  height: number
  rows: number
  bands: Band[]
  rowsY: number
  items: Item[]
  charts: Chart[]
  gaps: GapRow[]
  signals: number
}

const OF_PEOPLE: readonly EventKind[] = ['chat', 'command', 'status', 'added']

/** The lanes from top to bottom, each with its place; `items` are those that the choice lets pass. */
export function lanesOf(model: Model, choice: Choice, items: Item[] = stepped(model, choice)): Lane[] {
  const byLane = itemsByLane(items)
  const lanes: Lane[] = []
  lanes.push({ ...empty('milestones', 'milestones', 'Milestones', 'phases, as intervals'), height: MILESTONES_H })
  const people = byLane.get('people')
  if (people) lanes.push(eventLane('people', 'People', 'chat, commands, status', people, people.length > MANY_PEOPLE ? 4 : 3))
  for (const service of model.services) {
    if (!choice.hiddenServices.has(service)) lanes.push(serviceLane(model, service, byLane.get(`s:${service}`) ?? [], choice))
  }
  const nowhere = byLane.get('elsewhere')
  if (nowhere) lanes.push(eventLane('elsewhere', 'Elsewhere', 'no service named', nowhere, 1))
  const gaps = homelessGaps(model)
  if (gaps.length) lanes.push(gapLane(gaps))
  let y = 0
  for (const lane of lanes) {
    lane.y = y
    y += lane.height
  }
  return lanes
}

export function heightOf(lanes: Lane[]): number {
  const last = lanes[lanes.length - 1]
  return last ? last.y + last.height : 0
}

/** The lanes that touch the stretch from `top` to `bottom`; lanes are sorted by y. */
export function lanesBetween(lanes: Lane[], top: number, bottom: number): Lane[] {
  return lanes.filter((lane) => lane.y + lane.height > top && lane.y < bottom)
}

/** Items that a person can step through, in time order: what a choice hides is not stepped to. */
export function stepped(model: Model, choice: Choice): Item[] {
  return model.items.filter((item) => isShown(item, choice) && passes(item, choice))
}

function isShown(item: Item, choice: Choice): boolean {
  if (item.service !== null && choice.hiddenServices.has(item.service)) return false
  return item.type !== 'event' || !choice.hiddenKinds.has(item.kind as EventKind)
}

function itemsByLane(items: Item[]): Map<string, Item[]> {
  const byLane = new Map<string, Item[]>()
  for (const item of items) {
    if (item.type !== 'event') continue
    const id = laneOf(item)
    const list = byLane.get(id)
    if (list) list.push(item)
    else byLane.set(id, [item])
  }
  // Within a lane marks are packed from left to right, by the middle of their interval.
  for (const list of byLane.values()) list.sort((a, b) => a.at - b.at)
  return byLane
}

/** The lane that shows an item; gaps of a service lie in its lane, milestones in theirs. */
export function laneOf(item: Item): string {
  if (item.type === 'milestone') return 'milestones'
  if (item.type === 'gap') return item.service === null ? 'gaps' : `s:${item.service}`
  if (OF_PEOPLE.includes(item.kind as EventKind)) return 'people'
  return item.service === null ? 'elsewhere' : `s:${item.service}`
}

function empty(id: string, type: Lane['type'], name: string, note: string): Lane {
  return { id, type, name, note, y: 0, height: 0, rows: 0, bands: [], rowsY: 0, items: [], charts: [], gaps: [], signals: 0 }
}

function eventLane(id: string, name: string, note: string, items: Item[], most: number): Lane {
  const rows = Math.min(most, Math.max(2, items.length))
  const bands = [{ from: 0, to: rows, holds: () => true }]
  return { ...empty(id, 'people', name, note), items, rows, bands, rowsY: 6, height: rows * ROW_H + 12 }
}

function serviceLane(model: Model, service: string, items: Item[], choice: Choice): Lane {
  const all = model.signals.get(service) ?? []
  const lane = empty(`s:${service}`, 'service', service, '')
  const bands = bandsOf(items)
  const rows = bands[bands.length - 1]?.to ?? 1
  let y = 6 + rows * ROW_H
  for (const item of model.items) {
    if (item.type !== 'gap' || item.service !== service) continue
    lane.gaps.push({ key: item.key, text: item.title, y, from: item.span.from, to: item.span.to })
    y += GAP_H
  }
  for (const signal of chosen(all, service, choice, model.origin === service)) {
    lane.charts.push({ signal, y: y + 4 })
    y += CHART_H + CHART_SPACE
  }
  if (!items.length && !all.length) lane.gaps.push({ key: '', text: 'nothing recorded of it: no signal, no event', y: 12, from: null, to: null })
  return { ...lane, items, rows, bands, rowsY: 6, signals: all.length, height: Math.max(y + PAD - 2, 44) }
}

// What was done and what fired come first, on a row of their own; signals and instances below.
function bandsOf(items: Item[]): Band[] {
  const isAct = (item: Item): boolean => item.kind === 'change' || item.kind === 'alert'
  const acts = items.filter(isAct).length
  const rows = acts > MANY_ACTS ? 2 : Math.min(1, acts)
  const rest = acts < items.length || acts === 0 ? [{ from: rows, to: rows + 1, holds: () => true }] : []
  return acts ? [{ from: 0, to: rows, holds: isAct }, ...rest] : rest
}

function chosen(all: Signal[], service: string, choice: Choice, isOrigin: boolean): Signal[] {
  if (choice.shown === 'events') return []
  if (choice.shown === 'all' || choice.opened.has(`s:${service}`)) return all
  // One curve a service keeps the lanes comparable at a glance; where it began, a second one helps.
  return all.slice(0, isOrigin ? 2 : 1)
}

function homelessGaps(model: Model): GapRow[] {
  const services = new Set(model.services)
  return model.gaps
    .filter((gap) => gap.window === null || serviceOfGap(gap, services) === null)
    .map((gap) => ({
      key: gap.key,
      text: gap.window ? gapName(gap) : gap.detail,
      y: 0,
      from: gap.window ? Date.parse(gap.window.start) : null,
      to: gap.window ? Date.parse(gap.window.end) : null,
    }))
}

function gapLane(gaps: GapRow[]): Lane {
  const rows = gaps.map((gap, i) => ({ ...gap, y: PAD + i * (GAP_H + 4) }))
  const height = Math.max(44, PAD * 2 + rows.length * (GAP_H + 4))
  return { ...empty('gaps', 'gaps', 'No data', 'gaps that no lane shows'), gaps: rows, height }
}
