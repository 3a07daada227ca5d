/** How the failure travelled, as nodes in order of time and edges between them, with what was seen on each call. */

import type { Moment, Onset, TimelineBody } from '../lib/types'
import type { ActionItem, ActionsBody, CausesBody, EvidenceBody, Hop, Hypothesis, Pattern, Protection, Sign } from './types'
import { departs, mechanism } from './words'

export interface Node {
  id: string
  kind: 'change' | 'deviation'
  title: string
  service: string
  moment: Moment | null
  /** The signal that shows it; null where no signal does. */
  onset: Onset | null
  note: string
  evidence: string[]
}

export interface Edge {
  from: string
  to: string
  kind: 'change' | 'hop'
  mechanism: string
  sentence: string
  /** Seconds between the two first signs, as an interval; below 0 = the order is not told. */
  delay: [number, number] | null
  evidence: string[]
  /** Signals of this very call that left their band. */
  signs: Onset[]
  /** Log lines of the caller that name the callee and were not written before. */
  lines: Pattern[]
  travelled: Sign[]
  protections: Protection[]
  /** A protection that the actions stage proposes for this call. */
  proposed: ActionItem | null
}

export interface Cascade {
  nodes: Node[]
  edges: Edge[]
}

export interface Told {
  timeline: TimelineBody | undefined
  evidence: EvidenceBody | undefined
  actions: ActionsBody | undefined
}

const SHOWN_LINES = 2
const SHOWN_SIGNS = 3

/** Nodes sorted by first sign; empty where the verdict names no cause. */
export function cascadeOf(causes: CausesBody, told: Told): Cascade {
  const leader = causes.hypotheses.find((one) => one.part !== 'trigger')
  if (!leader || causes.verdict === 'none') return { nodes: [], edges: [] }
  const nodes = [leaderNode(leader, causes.cascade, told.timeline)]
  const edges: Edge[] = []
  const change = changeNode(causes, leader, told.timeline)
  if (change) {
    nodes.unshift(change)
    edges.push(changeEdge(causes, change, nodes[1]!))
  }
  for (const hop of causes.cascade) {
    nodes.push(callerNode(hop, told.timeline))
    edges.push(hopEdge(hop, told))
  }
  return { nodes, edges }
}

/** The neighbour of `id` in the direction of an arrow key, or `id` itself. */
export function neighbour(cascade: Cascade, id: string, key: string): string {
  const later = cascade.edges.filter((edge) => edge.from === id).map((edge) => edge.to)
  const earlier = cascade.edges.filter((edge) => edge.to === id).map((edge) => edge.from)
  if (key === 'ArrowRight') return later[0] ?? id
  if (key === 'ArrowLeft') return earlier[0] ?? id
  const siblings = cascade.edges.filter((edge) => edge.from === earlier[0]).map((edge) => edge.to)
  const place = siblings.indexOf(id)
  if (key === 'ArrowDown') return siblings[place + 1] ?? id
  if (key === 'ArrowUp') return siblings[place - 1] ?? id
  return id
}

/** Seconds from one interval to the other: at least, at most. */
export function delayOf(from: Moment | null, to: Moment | null): [number, number] | null {
  if (!from || !to) return null
  const seconds = (later: string, earlier: string): number => (Date.parse(later) - Date.parse(earlier)) / 1000
  return [seconds(to.earliest, from.latest), seconds(to.latest, from.earliest)]
}

function leaderNode(leader: Hypothesis, hops: readonly Hop[], timeline: TimelineBody | undefined): Node {
  const first = hops.find((hop) => hop.callee === leader.service)?.callee_onset ?? leader.onset
  const onset = onsetAt(timeline, leader.service, first, leader.indicator)
  const evidence = leader.arguments_for.flatMap((one) => one.evidence_ids)
  return {
    id: leader.service,
    kind: 'deviation',
    title: mechanism(leader.mechanism),
    service: leader.service,
    moment: first,
    onset,
    note: '',
    evidence: [...new Set(onset ? [onset.evidence_id, ...evidence] : evidence)],
  }
}

function changeNode(causes: CausesBody, leader: Hypothesis, timeline: TimelineBody | undefined): Node | null {
  if (!leader.change_key) return null
  const event = timeline?.events.find((one) => one.key === leader.change_key)
  const trigger = causes.hypotheses.find((one) => one.part === 'trigger' && one.change_key === leader.change_key)
  if (!event && !trigger) return null
  return {
    id: `change ${leader.change_key}`,
    kind: 'change',
    title: event?.title ?? trigger?.indicator ?? '',
    service: event?.service ?? leader.service,
    moment: event?.moment ?? null,
    onset: null,
    note: event?.body ?? '',
    evidence: event?.evidence_ids ?? trigger?.arguments_for.flatMap((one) => one.evidence_ids) ?? [],
  }
}

function changeEdge(causes: CausesBody, change: Node, leader: Node): Edge {
  const trigger = causes.hypotheses.find((one) => one.part === 'trigger')
  return {
    from: change.id,
    to: leader.id,
    kind: 'change',
    mechanism: 'before it',
    sentence: trigger?.arguments_against[0]?.sentence ?? 'That the change came before the fault does not show that it led to it.',
    delay: delayOf(change.moment, leader.moment),
    evidence: change.evidence,
    signs: [],
    lines: [],
    travelled: [],
    protections: [],
    proposed: null,
  }
}

function callerNode(hop: Hop, timeline: TimelineBody | undefined): Node {
  const onset = onsetAt(timeline, hop.caller, hop.caller_onset, '')
  return {
    id: hop.caller,
    kind: 'deviation',
    title: departs(onset?.kind ?? hop.mechanism),
    service: hop.caller,
    moment: hop.caller_onset,
    onset,
    note: '',
    evidence: onset ? [onset.evidence_id] : hop.evidence_ids,
  }
}

function hopEdge(hop: Hop, told: Told): Edge {
  const signs = (told.timeline?.onsets ?? []).filter((one) => one.service === hop.caller && one.peer === hop.callee)
  const lines = (told.evidence?.patterns ?? []).filter(
    (one) => one.service === hop.caller && one.reference_rows === 0 && names(one.pattern, hop.callee),
  )
  return {
    from: hop.callee,
    to: hop.caller,
    kind: 'hop',
    mechanism: mechanism(hop.mechanism),
    sentence: hop.sentence,
    delay: delayOf(hop.callee_onset, hop.caller_onset),
    evidence: hop.evidence_ids,
    signs: signs.sort((a, b) => Math.abs(b.strength) - Math.abs(a.strength)).slice(0, SHOWN_SIGNS),
    lines: lines.sort((a, b) => b.rows - a.rows).slice(0, SHOWN_LINES),
    travelled: hop.signs ?? [],
    protections: hop.protections ?? [],
    proposed:
      told.actions?.items.find((one) => one.kind === 'mitigate' && one.key.endsWith(`/${hop.caller}/${hop.callee}`)) ?? null,
  }
}

const RANK = ['errors', 'saturation', 'latency', 'resource', 'logs', 'traffic', 'other']

/** The service's own signal that left its band at `moment`: the named one, else what says most of a failure. */
function onsetAt(timeline: TimelineBody | undefined, service: string, moment: Moment | null, indicator: string): Onset | null {
  const own = (timeline?.onsets ?? []).filter((one) => one.service === service && one.peer === null)
  const named = own.find((one) => one.indicator === indicator)
  const then = own.filter((one) => one.moment.earliest === moment?.earliest)
  then.sort((a, b) => RANK.indexOf(a.kind) - RANK.indexOf(b.kind) || Math.abs(b.strength) - Math.abs(a.strength))
  return then.find((one) => one.indicator === indicator) ?? then[0] ?? named ?? null
}

function names(pattern: string, service: string): boolean {
  const letters = service.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(^|[^\\w-])${letters}($|[^\\w-])`).test(pattern)
}
