import { describe, expect, it } from 'vitest'
import type { Milestone } from '../lib/types'
import { countedByPhase, phasesOf } from './phases'
import { mapOf, nearest } from './map'

const at = (second: number): string => new Date(second * 1000).toISOString()
const milestone = (kind: Milestone['kind'], from: number | null, to = from): Milestone => ({
  key: kind, kind, reason: `${kind} is not known.`, evidence_ids: [], decision_ids: [],
  moment: from === null || to === null ? null : { earliest: at(from), latest: at(to), provenance: 'measured' },
})

describe('phases', () => {
  const marks = [milestone('impact_began', 0, 10), milestone('detected', 60), milestone('acknowledged', 70), milestone('mitigation_began', null), milestone('resolved', 200)]

  it('gives each length as an interval and says why a phase is missing', () => {
    const { phases, missing } = phasesOf(marks)
    expect(phases.map((one) => [one.name, one.length])).toEqual([['Unnoticed', [50, 60]], ['Unclaimed', [10, 10]]])
    expect(missing.map((one) => [one.name, one.reason])).toEqual([
      ['Diagnosing', 'mitigation_began is not known.'],
      ['Mitigating', 'mitigation_began is not known.'],
    ])
  })

  it('shares failed requests out, with the doubt of the border in the range', () => {
    const { phases } = phasesOf(marks)
    const steps = [0, 5, 10, 55, 60, 65].map((second) => ({ at: second * 1000, failed: 10 }))
    const [first, second] = countedByPhase(phases, steps, 5000)
    expect(first?.failed).toEqual([20, 30, 40])
    expect(second?.failed).toEqual([20, 20, 20])
  })

  it('does not turn a phase that ends before it starts into a length', () => {
    const { missing } = phasesOf([milestone('impact_began', 90), milestone('detected', 60)])
    expect(missing[0]?.reason).toBe('Its end comes before its start.')
  })
})

describe('service map', () => {
  const evidence = {
    window: { start: at(0), end: at(60) }, patterns: [], entry_services: ['gateway'],
    services: ['gateway', 'checkout', 'orders', 'postgresql/shop'],
    edges: [['gateway', 'checkout'], ['checkout', 'orders'], ['orders', 'postgresql/shop']].map(([caller, callee]) => ({ caller: caller!, callee: callee!, calls: 5, evidence_id: 'e' })),
  }
  const reach = ['gateway', 'checkout'].map((service) => ({
    service, indicator: 'error_ratio', hops_from_entry: 0, error_ratio_before: 0, error_ratio_during: 0.4, evidence_ids: ['e'],
    moment: { earliest: at(0), latest: at(5), provenance: 'measured' as const },
  }))
  const gap = { key: 'gap/spans/orders/silent', source: 'spans', window: null, reason: 'no_data' as const, detail: '' }

  it('tells reached, calm and unknown services apart', () => {
    const map = mapOf(evidence, reach, [gap])
    expect(Object.fromEntries(map.nodes.map((node) => [node.service, node.state]))).toEqual({
      gateway: 'reached', checkout: 'reached', orders: 'gap', 'postgresql/shop': 'calm',
    })
    expect(map.edges.filter((edge) => edge.reached).map((edge) => edge.callee.service)).toEqual(['checkout'])
  })

  it('is walked by arrows from caller to callee', () => {
    const map = mapOf(evidence, reach, [])
    expect(nearest(map, 'gateway', 'ArrowRight')).toBe('checkout')
    expect(nearest(map, 'gateway', 'ArrowLeft')).toBe('gateway')
  })

  it('counts the services that it leaves out of a large system', () => {
    const many = Array.from({ length: 60 }, (_, i) => `s${i}`)
    const map = mapOf({ ...evidence, services: [...evidence.services, ...many] }, reach, [])
    expect(map.left).toBe(61)
    expect(map.nodes.some((node) => node.service === 'checkout')).toBe(true)
  })
})
