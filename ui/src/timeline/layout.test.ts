import { expect, test } from 'vitest'
import type { EventKind, Gap, Moment, Onset, StoredDocument, TimelineBody } from '../lib/types'
import { itemAt } from './hit'
import { heightOf, laneOf, lanesOf, stepped, type Choice } from './layout'
import { build, type EvidenceBody, type Item } from './model'
import { fitted, firstFrom, pack } from './packing'

const at = (second: number): string => new Date(Date.UTC(2026, 10, 21, 10, 0, second)).toISOString()
const moment = (second: number, wide = 0): Moment => ({
  earliest: at(second),
  latest: at(second + wide),
  provenance: 'recorded',
})
const event = (key: string, second: number, kind: EventKind, service: string | null) => ({
  key, moment: moment(second), kind, service, title: `${key} of a rather long title`, body: '', actor: null,
  evidence_ids: ['ev-1'], decision_ids: [], attributes: [] as [string, string][],
})
const signal = (service: string, indicator: string, kind: string) => ({
  key: `signal/${service}/${indicator}`, service, indicator, kind, unit: null, peer: null, evidence_id: 'ev-2',
})
const onset = (service: string, indicator: string, kind: Onset['kind'], second: number, strength: number): Onset => ({
  signal_key: `signal/${service}/${indicator}`, service, peer: null, indicator, kind, moment: moment(second, 10), strength,
  before: 0, during: 9, band_low: 0, band_high: 1, recovered: null, evidence_id: 'ev-2', unit: null,
})
const gap = (key: string, from: number | null): Gap => ({
  key, source: 'logs', window: from === null ? null : { start: at(from), end: at(from + 60) }, reason: 'no_data', detail: 'No logs.',
})
const stored = <Body>(body: Body): StoredDocument<Body> => ({ envelope: { kind: '', schema_version: 1, code_version: '', inputs: [] }, body, hash: '' })
const all: Choice = { hiddenKinds: new Set(), hiddenServices: new Set(), opened: new Set(), shown: 'key', only: new Set(), text: '' }

const timeline: TimelineBody = {
  orphaned_decisions: [], aside: [], corrections: [],
  events: [event('deploy', 5, 'change', 'orders'), event('page', 90, 'alert', 'gateway'), event('hello', 100, 'chat', null), event('pod', 6, 'orchestrator', 'orders')],
  milestones: [
    { kind: 'impact_began', key: 'milestone/impact_began', moment: moment(60, 10), reason: '', evidence_ids: ['ev-1'], decision_ids: [] },
    { kind: 'change_began', key: 'milestone/change_began', moment: null, reason: 'not told', evidence_ids: [], decision_ids: [] },
  ],
  onsets: [onset('orders', 'pool', 'saturation', 20, 50), onset('orders', 'wait', 'saturation', 21, 90), onset('orders', 'p95', 'latency', 40, 3), onset('gateway', 'errors', 'errors', 60, 80)],
}
const facts: EvidenceBody = {
  window: { start: at(0), end: at(300) },
  grid: { pieces: [{ start: at(-60), end: at(600) }], step_s: 5 },
  services: ['database', 'gateway', 'mail', 'orders'],
  entry_services: ['gateway'],
  edges: [{ caller: 'gateway', callee: 'mail', calls: 900 }, { caller: 'gateway', callee: 'orders', calls: 10 }, { caller: 'orders', callee: 'database', calls: 10 }],
  gaps: [gap('gap/logs/orders/silent', 30), gap('gap/logs/services', null)],
  signals: [signal('orders', 'cpu', 'resource'), signal('orders', 'pool', 'saturation'), signal('orders', 'wait', 'saturation'), signal('orders', 'p95', 'latency'), signal('gateway', 'errors', 'errors'), signal('mail', 'request_rate', 'traffic')],
}
const model = build(stored(timeline), stored(facts))

test('lanes follow the calls inwards, the service in trouble before the busier one, the silent one last', () => {
  expect(model.services).toEqual(['gateway', 'orders', 'mail', 'database'])
  expect(model.origin).toBe('orders')
  expect(model.record).toEqual({ from: Date.parse(at(-60)), to: Date.parse(at(600)) })
})

test('a service shows what left its range first, then the next kind that did', () => {
  expect(model.signals.get('orders')?.map((one) => one.indicator)).toEqual(['pool', 'p95', 'wait', 'cpu'])
  const lanes = lanesOf(model, all)
  expect(lanes.find((lane) => lane.name === 'orders')?.charts).toHaveLength(2)
  expect(lanes.find((lane) => lane.name === 'gateway')?.charts).toHaveLength(1)
  const opened = lanesOf(model, { ...all, opened: new Set(['s:orders']) })
  expect(opened.find((lane) => lane.name === 'orders')?.charts).toHaveLength(4)
})

test('lanes lie under each other without holes, and no lane lacks what it should say', () => {
  const lanes = lanesOf(model, all)
  lanes.reduce((y, lane) => {
    expect(lane.y).toBe(y)
    return y + lane.height
  }, 0)
  expect(heightOf(lanes)).toBe(lanes.reduce((sum, lane) => sum + lane.height, 0))
  for (const item of model.items) expect(lanes.map((lane) => lane.id)).toContain(laneOf(item))
})

test('a gap of a service lies in its lane, one of all services in a lane of gaps, a silent service is hatched', () => {
  const lanes = lanesOf(model, all)
  expect(lanes.find((lane) => lane.name === 'orders')?.gaps.map((row) => row.key)).toEqual(['gap/logs/orders/silent'])
  expect(lanes.find((lane) => lane.type === 'gaps')?.gaps.map((row) => row.key)).toEqual(['gap/logs/services'])
  expect(lanes.find((lane) => lane.name === 'database')?.gaps[0]?.text).toMatch(/nothing recorded/)
})

test('what a filter hides is neither drawn nor stepped to; milestones without a time are not either', () => {
  const choice = { ...all, hiddenKinds: new Set<EventKind>(['chat']), hiddenServices: new Set(['orders']) }
  expect(stepped(model, choice).map((item) => item.key)).toEqual(['milestone/impact_began', 'page'])
  expect(lanesOf(model, choice).map((lane) => lane.name)).not.toContain('People')
})

const one = (second: number, kind: EventKind = 'chat'): Item =>
  ({ ...(model.items[0] as Item), key: `x${second}${kind}`, kind, at: second * 1000, title: 'twelve chars and more of it', service: null })
const band = (from: number, to: number) => [{ from, to, holds: () => true }]

test('marks on the same pixels become one that counts them and leads with the gravest kind', () => {
  const marks = pack([one(0), one(1, 'alert'), one(2)], band(0, 1), 0, 0.001)
  expect(marks).toHaveLength(1)
  expect(marks[0]?.items).toHaveLength(3)
  expect(marks[0]?.lead.kind).toBe('alert')
  expect(fitted(marks[0]!)).toMatch(/\+2$/)
})

test('labels take the first row with room and are cut, or left out, in the last', () => {
  const marks = pack([one(0), one(50), one(100), one(130)], band(0, 2), 0, 1 / 1000)
  expect(marks.map((mark) => mark.row)).toEqual([0, 1, 1, 1])
  expect(fitted(marks[0]!)).toBe('twelve chars and more of it')
  expect(fitted(marks[1]!)).toBe('')
})

test('20,000 events keep every event in some mark, sorted by place', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => one(i * 0.7))
  const marks = pack(many, band(0, 4), 0, 0.01)
  expect(marks.reduce((sum, mark) => sum + mark.items.length, 0)).toBe(20_000)
  expect(marks.every((mark, i) => i === 0 || mark.x >= (marks[i - 1]?.x ?? 0))).toBe(true)
  expect(marks[firstFrom(marks, 5000)]?.x).toBeGreaterThanOrEqual(5000)
})

test('a click finds the mark, a second click the next of those it stands for, and a hatched stretch its gap', () => {
  const lanes = lanesOf(model, all)
  const lane = lanes.find((it) => it.name === 'orders')!
  const span = model.window
  const pxPerMs = 0.001
  const marks = pack(lane.items, [{ from: 0, to: 1, holds: () => true }], model.record.from, pxPerMs)
  const ground = { lane, marks, items: model.items, span, record: model.record, pxPerMs }
  const first = itemAt(ground, 5, 12, null)
  expect(first?.key).toBe('deploy')
  expect(itemAt(ground, 5, 12, first)?.key).toBe('pod')
  expect(itemAt(ground, 60, (lane.gaps[0]?.y ?? 0) + 4, null)?.type).toBe('gap')
  expect(itemAt(ground, 200, 12, null)).toBeNull()
})
