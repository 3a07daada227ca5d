import { describe, expect, it } from 'vitest'
import { acyclic, layered } from './layout'

const at = (edges: [string, string][], nodes: string[]) => layered(nodes, edges).places

describe('layers', () => {
  it('puts every callee to the right of all its callers', () => {
    const places = at([['a', 'b'], ['b', 'c'], ['a', 'c']], ['c', 'a', 'b'])
    expect(['a', 'b', 'c'].map((id) => places.get(id)?.layer)).toEqual([0, 1, 2])
  })

  it('draws a circle of calls without losing a node', () => {
    const layout = layered(['a', 'b', 'c'], [['a', 'b'], ['b', 'c'], ['c', 'a'], ['a', 'a']])
    expect(layout.places.size).toBe(3)
    expect(layout.layers).toBe(3)
  })

  it('keeps edges from crossing where an order without crossings exists', () => {
    const places = at([['a', 'y'], ['b', 'x']], ['a', 'b', 'x', 'y'])
    const same = (places.get('a')!.row - places.get('b')!.row) * (places.get('y')!.row - places.get('x')!.row)
    expect(same).toBeGreaterThan(0)
  })

  it('takes a chain of two thousand services and no service at all', () => {
    const nodes = Array.from({ length: 2000 }, (_, i) => `s${i}`)
    expect(acyclic(nodes, nodes.slice(1).map((node, i) => [nodes[i]!, node] as const))).toHaveLength(1999)
    expect(layered([], [])).toEqual({ places: new Map(), layers: 0, rows: 0 })
  })
})
