import { describe, expect, it } from 'vitest'
import { seriesOf, sharesAt } from './blast'
import { mapOf, nearest } from './map'
import { partsOf, sharesOf } from './phases'
import type { Burn, PhasePart, Span } from './types'
import { amountOf } from './worth'

const at = (second: number): string => new Date(second * 1000).toISOString()
const part = (phases: PhasePart['phases'], from: number, to: number, reason = ''): PhasePart => ({
  phases, reason, definition: 'What it means.', evidence_ids: [], length_s: { low: to - from, value: to - from, high: to - from },
  begins: { earliest: at(from), latest: at(from), provenance: 'measured' }, ends: { earliest: at(to), latest: at(to), provenance: 'recorded' },
})
const span = (value: number): Span => ({ low: value, value, high: value })

describe('phases', () => {
  it('names a part of several phases as what cannot be told apart, with its reason', () => {
    const [first, second] = partsOf([part(['undetected'], 0, 60), part(['unacknowledged', 'diagnosing'], 60, 90, 'Nobody reacted on record.')])
    expect([first?.name, second?.name]).toEqual(['Undetected', 'Unclaimed or diagnosing'])
    expect(second?.reason).toBe('Nobody reacted on record.')
  })

  it('lays the shares of the budget end to end, so that they reach the whole', () => {
    const parts = partsOf([part(['undetected'], 0, 60), part(['unacknowledged', 'diagnosing'], 60, 90)])
    const phases = [['undetected', 10, 0.1], ['diagnosing', 30, 0.3]].map(([phase, bad, spent]) => ({ phases: [phase], bad: span(bad as number), spent: span(spent as number) }))
    const shares = sharesOf(parts, { phases } as unknown as Burn)
    expect(shares.map((one) => [one.part.name, one.from, one.bad.value])).toEqual([['Undetected', 0, 10], ['Unclaimed or diagnosing', 0.1, 30]])
  })
})

describe('blast radius', () => {
  const step = (second: number, services: number, failed: number | null) => ({ time: at(second), services, endpoints: null, requests: failed, failed, users: null, users_failed: null, users_first: null })
  const blast = {
    step_s: 5, widest: 1, services_known: 3, endpoints_known: null, basis: '', evidence_ids: [], touched: [],
    steps: [step(0, 1, 2), step(5, 2, 9), step(10, 0, null)],
    tracks: [{ service: 'orders', shares: [0.1, 1, null], hit: [true, true, false] }],
  }

  it('draws only what is known of, and keeps a step without data apart from zero', () => {
    expect(seriesOf(blast).map((one) => [one.name, one.values, one.most])).toEqual([['services', [1, 2, 0], 2], ['failed', [2, 9, null], 9]])
  })

  it('tells each service at a step, and nothing where it had no requests', () => {
    expect(sharesAt(blast, 1).get('orders')).toEqual({ share: 1, hit: true })
    expect(sharesAt(blast, 2).get('orders')).toEqual({ share: null, hit: false })
  })
})

describe('values', () => {
  it('writes a range, or one value, with its currency', () => {
    expect(amountOf('2', '4', 'EUR')).toBe('2..4 EUR')
    expect(amountOf(' 2.50 ', '', 'EUR')).toBe('2.50 EUR')
    expect(amountOf('0.5', '0.5', '')).toBe('0.5')
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
