/** Documents of the API turned into what the timeline draws: items in time order, lanes' services, signals, gaps. */

import type { Amended, EventKind, Gap, Milestone, Moment, Onset, Raised, SetAside, TimelineBody, TimelineEvent, Window } from '../lib/types'
import type { Span } from './time'

export interface EvidenceBody {
  window: Window
  grid: { pieces: Window[]; step_s: number }
  services: string[]
  entry_services: string[]
  edges: { caller: string; callee: string; calls: number }[]
  gaps: Gap[]
  signals: SignalSummary[]
}

export interface SignalSummary {
  key: string
  service: string
  indicator: string
  kind: string
  unit: string | null
  peer: string | null
  evidence_id: string
}

/** What a person can step to: an event, a milestone that has a time, or a gap that has one. */
export interface Item {
  key: string
  type: 'event' | 'milestone' | 'gap'
  kind: EventKind | 'milestone' | 'gap'
  at: number
  span: Span
  service: string | null
  title: string
  body: string
  actor: string | null
  evidence: string[]
  attributes: [string, string][]
  /** What people made of it: told, noted, linked, merged, corrected. */
  amended?: Amended | null
  /** True where it rests on a person's decision. */
  byPeople?: boolean
  /** Why it was taken out of the account; such an item is shown only when asked for. */
  aside?: SetAside
  /** How many people starred it, or ask to dig here; and whether the reader is among them. */
  stars?: number
  digs?: number
  myStar?: boolean
  myDig?: boolean
}

export interface Signal extends SignalSummary {
  onset: Onset | null
  /** In the order in which a service's signals are worth a look: what left its band first and most. */
  rank: number
}

export interface Model {
  record: Span
  window: Span
  items: Item[]
  milestones: Milestone[]
  gaps: Gap[]
  services: string[]
  signals: Map<string, Signal[]>
  strongest: Signal | null
  /** The service whose own signs came first. */
  origin: string | null
}

const TELLING = ['saturation', 'errors', 'latency']

/** The two documents as one model. Services come in the order of calls, from the edge inwards. */
export function build(timeline: { body: TimelineBody }, evidence: { body: EvidenceBody }, raised: readonly Raised[] = []): Model {
  const { events, milestones, onsets } = timeline.body
  const facts = evidence.body
  const window = spanOf(facts.window)
  const record = facts.grid.pieces.map(spanOf).reduce(around, window)
  const signals = ranked(facts.signals, onsets)
  const services = inOrderOfCalls(facts, events, signals)
  const known = new Set(services)
  const raisedOn = new Map(raised.map((one) => [one.subject, one]))
  const items = [
    ...events.map((one) => eventItem(one, raisedOn.get(one.key))),
    ...(timeline.body.aside ?? []).map((one) => eventItem(one.event, raisedOn.get(one.event.key), one)),
    ...milestones.flatMap((one) => (one.moment ? [milestoneItem(one, one.moment)] : [])),
    ...facts.gaps.flatMap((one) => (one.window ? [gapItem(one, one.window, known)] : [])),
  ].sort((a, b) => a.span.from - b.span.from || (a.key < b.key ? -1 : 1))
  return {
    record: items.reduce((all, item) => around(all, item.span), record),
    window,
    items,
    milestones,
    gaps: facts.gaps,
    services,
    signals,
    strongest: strongestAtTheEdge(signals, facts.entry_services),
    origin: originOf(signals),
  }
}

/** The service that a gap's key names, where it names one: gap/<source>/<service>/… */
export function serviceOfGap(gap: Gap, services: ReadonlySet<string>): string | null {
  return gap.key.split('/').find((part) => services.has(part)) ?? null
}

export function spanOf(window: Window): Span {
  return { from: Date.parse(window.start), to: Date.parse(window.end) }
}

export function spanOfMoment(moment: Moment): Span {
  return { from: Date.parse(moment.earliest), to: Date.parse(moment.latest) }
}

function around(a: Span, b: Span): Span {
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) }
}

function middle(span: Span): number {
  return (span.from + span.to) / 2
}

function eventItem(event: TimelineEvent, raised?: Raised, aside?: SetAside): Item {
  const span = spanOfMoment(event.moment)
  const { key, kind, service, title, body, actor, attributes, amended } = event
  const byPeople = aside !== undefined || event.decision_ids.length > 0
  const item: Item = { key, type: 'event', kind, at: middle(span), span, service, title, body, actor, evidence: event.evidence_ids, attributes, amended, byPeople, aside }
  return raised ? { ...item, stars: raised.stars, digs: raised.digs, myStar: raised.my_star, myDig: raised.my_dig } : item
}

function milestoneItem(one: Milestone, moment: Moment): Item {
  const span = spanOfMoment(moment)
  return {
    key: one.key,
    type: 'milestone',
    kind: 'milestone',
    at: middle(span),
    span,
    service: null,
    title: milestoneName(one.kind),
    body: one.reason,
    actor: null,
    evidence: one.evidence_ids,
    attributes: [],
  }
}

function gapItem(gap: Gap, window: Window, services: ReadonlySet<string>): Item {
  const span = spanOf(window)
  return {
    key: gap.key,
    type: 'gap',
    kind: 'gap',
    at: span.from,
    span,
    service: serviceOfGap(gap, services),
    title: gapName(gap),
    body: gap.detail,
    actor: null,
    evidence: [gap.key],
    attributes: [],
  }
}

const MILESTONES: Record<string, string> = {
  change_began: 'Change began',
  impact_began: 'Impact began',
  detected: 'Noticed',
  acknowledged: 'Claimed',
  diagnosed: 'Understood',
  mitigation_began: 'Mitigation began',
  resolved: 'Resolved',
}

export function milestoneName(kind: string): string {
  return MILESTONES[kind] ?? kind.replaceAll('_', ' ')
}

const GAPS: Record<string, string> = {
  no_data: 'No {source}',
  failed: '{source}: the source did not answer',
  rejected: '{source}: rows could not be read',
  unmapped: '{source}: rows name no service',
  not_recorded: '{source} not recorded',
  redacted: '{source} taken out',
  not_kept: '{source} not kept here',
}

export function gapName(gap: Gap): string {
  return (GAPS[gap.reason] ?? 'No {source}').replace('{source}', gap.source)
}

/** The signal that shows an item: the one it names, else what moved most of its service. */
export function signalOf(model: Model, item: Item): Signal | null {
  const named = item.attributes.find(([name]) => name === 'signal')?.[1]
  const own = item.service ? (model.signals.get(item.service) ?? []) : []
  return own.find((signal) => signal.key === named) ?? own.find((signal) => signal.onset) ?? (item.service ? (own[0] ?? null) : model.strongest)
}

function ranked(summaries: SignalSummary[], onsets: Onset[]): Map<string, Signal[]> {
  const onsetOf = new Map(onsets.map((one) => [one.signal_key, one]))
  const byService = new Map<string, Signal[]>()
  for (const one of summaries) {
    const list = byService.get(one.service) ?? []
    list.push({ ...one, onset: onsetOf.get(one.key) ?? null, rank: 0 })
    byService.set(one.service, list)
  }
  for (const list of byService.values()) {
    list.sort(byWorth)
    liftSecondKind(list)
    list.forEach((signal, rank) => (signal.rank = rank))
  }
  return byService
}

// A service's own first sign of fullness, errors or latency says most; then what left its band, then the rest.
function byWorth(a: Signal, b: Signal): number {
  return tier(a) - tier(b) || first(a) - first(b) || strength(b) - strength(a) || (a.key < b.key ? -1 : 1)
}

function tier(signal: Signal): number {
  const own = signal.peer === null && TELLING.includes(signal.kind)
  if (signal.onset) return own ? 0 : 1
  return signal.indicator === 'request_rate' ? 2 : own ? 3 : 4
}

function first(signal: Signal): number {
  return signal.onset ? Date.parse(signal.onset.moment.latest) : 0
}

function strength(signal: Signal): number {
  return Math.abs(signal.onset?.strength ?? 0)
}

// Two charts of the same kind often show the same curve: the second place goes to the next kind that moved.
function liftSecondKind(list: Signal[]): void {
  const at = list.findIndex((one, i) => i > 0 && one.onset !== null && one.kind !== list[0]?.kind)
  if (at > 1) list.splice(1, 0, ...list.splice(at, 1))
}

function strongestAtTheEdge(signals: Map<string, Signal[]>, entries: string[]): Signal | null {
  const all = [...signals.values()].flat().filter((one) => one.onset)
  const edge = all.filter((one) => entries.includes(one.service) && one.kind === 'errors' && one.peer === null)
  return [...edge, ...all][0] ?? null
}

// Along the calls from the edge inwards, and of several callees first the one that showed trouble first.
function inOrderOfCalls(facts: EvidenceBody, events: TimelineEvent[], signals: Map<string, Signal[]>): string[] {
  const named = new Set([...facts.services, ...events.flatMap((one) => (one.service ? [one.service] : []))])
  const order = new Set<string>()
  const calls = new Map(facts.edges.map((edge) => [`${edge.caller}>${edge.callee}`, edge.calls]))
  const visit = (service: string): void => {
    if (!named.has(service) || order.has(service)) return
    order.add(service)
    const callees = facts.edges.filter((edge) => edge.caller === service).map((edge) => edge.callee)
    const weight = (callee: string): number => calls.get(`${service}>${callee}`) ?? 0
    callees.sort((a, b) => firstSign(signals, a) - firstSign(signals, b) || weight(b) - weight(a)).forEach(visit)
  }
  ;[...facts.entry_services, ...[...named].sort()].forEach(visit)
  const seen = (service: string): number => Number(!signals.has(service) && !events.some((one) => one.service === service))
  return [...order].sort((a, b) => seen(a) - seen(b))
}

/** When a service's own fullness, errors or latency left their range; never = a time after all others. */
function firstSign(signals: Map<string, Signal[]>, service: string): number {
  const own = signals.get(service)?.find((one) => tier(one) === 0)
  return own ? first(own) : Number.MAX_SAFE_INTEGER
}

function originOf(signals: Map<string, Signal[]>): string | null {
  const moved = [...signals.keys()].filter((service) => firstSign(signals, service) < Number.MAX_SAFE_INTEGER)
  return moved.sort((a, b) => firstSign(signals, a) - firstSign(signals, b))[0] ?? null
}
