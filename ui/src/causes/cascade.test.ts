import { describe, expect, it } from 'vitest'
import { cascadeOf, delayOf, neighbour } from './cascade'
import type { Moment, Onset, TimelineBody } from '../lib/types'
import type { CausesBody } from './types'

const moment = (from: string, to = from): Moment => ({ earliest: `2026-11-21T${from}Z`, latest: `2026-11-21T${to}Z`, provenance: 'measured' })

const onset = (service: string, kind: Onset['kind'], at: Moment, peer: string | null = null): Onset => ({
  signal_key: `signal/${service}/${kind}/${peer}`, service, peer, indicator: kind, kind, moment: at, strength: 10, before: 0, during: 1,
  band_low: 0, band_high: 0.1, recovered: null, evidence_id: 'e1', unit: '1',
})

const ordersAt = moment('10:49:28', '10:49:38')
const checkoutAt = moment('10:50:33', '10:50:43')
const causes: CausesBody = {
  verdict: 'supported',
  matrix: null,
  confidence: 0.8,
  hypotheses: [
    {
      key: 'h', service: 'orders', indicator: 'saturation', mechanism: 'pool_exhausted', part: 'initiating', score: 9, confidence: 0.8,
      onset: ordersAt, change_key: 'deploy', standing: 'proposed', arguments_against: [], peer: null, words: '', decision_ids: [],
      arguments_for: [{ method: 'deviation', sentence: 's', weight: 1, evidence_ids: ['e1'] }],
    },
  ],
  methods: [],
  cascade: [
    { callee: 'orders', caller: 'checkout', mechanism: 'errors', callee_onset: ordersAt, caller_onset: checkoutAt, sentence: 'S.', evidence_ids: ['e1'] },
    { callee: 'checkout', caller: 'gateway', mechanism: 'errors', callee_onset: checkoutAt, caller_onset: checkoutAt, sentence: 'T.', evidence_ids: ['e1'] },
  ],
  separating: '', orphaned_decisions: [], evidence: [],
}
const timeline: TimelineBody = {
  events: [{ key: 'deploy', moment: moment('10:49:15'), kind: 'change', service: 'orders', title: 'orders 1.8.0', body: 'New driver.', actor: null, evidence_ids: ['e7'], decision_ids: [], attributes: [] }],
  milestones: [],
  orphaned_decisions: [], aside: [], corrections: [],
  onsets: [onset('orders', 'saturation', ordersAt), onset('checkout', 'latency', checkoutAt), onset('checkout', 'errors', checkoutAt), onset('checkout', 'errors', checkoutAt, 'orders')],
}
const pattern = { severity: 'warn', rows: 9, reference_rows: 0, evidence_id: 'e5' }
const evidence = {
  window: { start: '', end: '' }, services: [], entry_services: [], edges: [],
  patterns: [
    { ...pattern, service: 'checkout', pattern: 'orders did not answer' },
    { ...pattern, service: 'checkout', pattern: 'reorders went on' },
    { ...pattern, service: 'checkout', pattern: 'orders is slow', reference_rows: 4 },
  ],
}

describe('cascade', () => {
  const found = cascadeOf(causes, { timeline, evidence, actions: undefined })

  it('goes from the change over the leading service to its callers', () => {
    expect(found.nodes.map((node) => [node.kind, node.service, node.title])).toEqual([
      ['change', 'orders', 'orders 1.8.0'],
      ['deviation', 'orders', 'connection pool full'],
      ['deviation', 'checkout', 'requests fail'],
      ['deviation', 'gateway', 'requests fail'],
    ])
  })

  it('shows on a call what was seen of that call: its signals, and new lines that name the callee', () => {
    const hop = found.edges.find((edge) => edge.to === 'checkout')
    expect(hop?.signs.map((sign) => sign.peer)).toEqual(['orders'])
    expect(hop?.lines.map((line) => line.pattern)).toEqual(['orders did not answer'])
  })

  it('gives the time between two first signs as an interval, below zero where the order is not told', () => {
    expect(delayOf(ordersAt, checkoutAt)).toEqual([55, 75])
    expect(delayOf(checkoutAt, checkoutAt)).toEqual([-10, 10])
    expect(delayOf(null, checkoutAt)).toBeNull()
  })

  it('draws nothing where no cause is named', () => {
    expect(cascadeOf({ ...causes, verdict: 'none' }, { timeline, evidence, actions: undefined }).nodes).toEqual([])
  })

  it('stands without a timeline', () => {
    const bare = cascadeOf(causes, { timeline: undefined, evidence: undefined, actions: undefined })
    expect(bare.nodes.map((node) => node.service)).toEqual(['orders', 'checkout', 'gateway'])
  })

  it('follows arrows along the edges', () => {
    expect(neighbour(found, 'orders', 'ArrowRight')).toBe('checkout')
    expect(neighbour(found, 'checkout', 'ArrowLeft')).toBe('orders')
    expect(neighbour(found, 'gateway', 'ArrowRight')).toBe('gateway')
  })
})
