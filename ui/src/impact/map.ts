/** The services and calls of an incident as a small map: how far the failure reached, and where nothing is known. */

import { layered, type Layout } from '../causes/layout'
import type { CallEdge, EvidenceBody } from '../causes/types'
import type { Gap } from '../lib/types'
import type { ServiceReach } from './types'

export interface ServiceNode {
  service: string
  x: number
  y: number
  state: 'reached' | 'calm' | 'gap'
  reach: ServiceReach | null
  gap: Gap | null
}

export interface ServiceEdge {
  caller: ServiceNode
  callee: ServiceNode
  calls: number
  /** The failure may have come this way: both ends were reached. */
  reached: boolean
  evidence: string
}

export interface ServiceMap {
  nodes: ServiceNode[]
  edges: ServiceEdge[]
  /** Services that are not drawn, since they were not reached and nothing reached calls them. */
  left: number
  width: number
  height: number
}

const MOST = 24
const STEP_X = 150
const STEP_Y = 106

/** All services where they are few, else the reached ones and their neighbours, callers on the left. */
export function mapOf(evidence: EvidenceBody, reach: readonly ServiceReach[], gaps: readonly Gap[]): ServiceMap {
  const reached = new Map(reach.map((one) => [one.service, one]))
  const shown = chosen(evidence, reached)
  const edges = evidence.edges.filter((edge) => shown.includes(edge.caller) && shown.includes(edge.callee))
  const layout = layered(shown, edges.map((edge) => [edge.caller, edge.callee] as const))
  const nodes = shown.map((service) => nodeOf(service, layout, reached.get(service) ?? null, gaps))
  const byName = new Map(nodes.map((node) => [node.service, node]))
  return {
    nodes: nodes.sort((a, b) => a.x - b.x || a.y - b.y),
    edges: edges.map((edge) => edgeOf(edge, byName)),
    left: evidence.services.length - shown.length,
    width: Math.max(1, layout.layers) * STEP_X,
    height: Math.max(1, layout.rows) * STEP_Y,
  }
}

/** The node to which an arrow key leads: the nearest in that direction. */
export function nearest(map: ServiceMap, from: string, key: string): string {
  const here = map.nodes.find((node) => node.service === from)
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key]
  if (!here || !way) return from
  const [dx, dy] = way as [number, number]
  const ahead = map.nodes
    .map((node) => ({ node, along: (node.x - here.x) * dx + (node.y - here.y) * dy, off: Math.abs((node.x - here.x) * dy) + Math.abs((node.y - here.y) * dx) }))
    .filter((one) => one.along > 0)
    .sort((a, b) => a.along + 2 * a.off - (b.along + 2 * b.off))
  return ahead[0]?.node.service ?? from
}

function chosen(evidence: EvidenceBody, reached: ReadonlyMap<string, ServiceReach>): string[] {
  if (evidence.services.length <= MOST) return [...evidence.services]
  const near = new Set(evidence.entry_services.concat([...reached.keys()]))
  for (const edge of [...evidence.edges].sort((a, b) => b.calls - a.calls)) {
    if (near.size >= MOST) break
    if (reached.has(edge.caller)) near.add(edge.callee)
    if (reached.has(edge.callee)) near.add(edge.caller)
  }
  return evidence.services.filter((service) => near.has(service))
}

function nodeOf(service: string, layout: Layout, reach: ServiceReach | null, gaps: readonly Gap[]): ServiceNode {
  const place = layout.places.get(service)
  const gap = gaps.find((one) => one.key.split('/').includes(service.replaceAll('/', ':')) || one.key.split('/').includes(service)) ?? null
  return {
    service,
    x: (place?.layer ?? 0) * STEP_X + STEP_X / 2,
    y: (place?.row ?? 0) * STEP_Y + STEP_Y / 2,
    state: reach ? 'reached' : gap ? 'gap' : 'calm',
    reach,
    gap,
  }
}

function edgeOf(edge: CallEdge, byName: ReadonlyMap<string, ServiceNode>): ServiceEdge {
  const caller = byName.get(edge.caller)!
  const callee = byName.get(edge.callee)!
  return { caller, callee, calls: edge.calls, reached: caller.reach !== null && callee.reach !== null, evidence: edge.evidence_id }
}
