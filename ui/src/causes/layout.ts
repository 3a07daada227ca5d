/** Places nodes of a small graph in layers from left to right, so that edges run forwards and cross seldom. */

export interface Place {
  id: string
  layer: number
  /** Row within the drawing; whole or half, 0 at the top. */
  row: number
}

export interface Layout {
  places: Map<string, Place>
  layers: number
  rows: number
}

const SWEEPS = 6

/** Layers by longest path from the nodes that nothing leads to; an edge that would close a cycle is ignored. */
export function layered(nodes: readonly string[], edges: readonly (readonly [string, string])[]): Layout {
  const forward = acyclic(nodes, edges)
  const layerOf = longestPaths(nodes, forward)
  const layers = Math.max(-1, ...layerOf.values()) + 1
  const columns: string[][] = Array.from({ length: layers }, () => [])
  for (const node of nodes) columns[layerOf.get(node) ?? 0]?.push(node)
  order(columns, forward)
  return placed(columns)
}

/** Edges without those that lead back to a node on the way to them. */
export function acyclic(
  nodes: readonly string[],
  edges: readonly (readonly [string, string])[],
): (readonly [string, string])[] {
  const outward = new Map<string, string[]>(nodes.map((node) => [node, []]))
  for (const [from, to] of edges) if (from !== to && outward.has(to)) outward.get(from)?.push(to)
  const state = new Map<string, 'open' | 'done'>()
  const kept: (readonly [string, string])[] = []
  const inward = new Set(edges.filter(([from, to]) => from !== to).map(([, to]) => to))
  const starts = [...nodes.filter((node) => !inward.has(node)), ...nodes]
  for (const start of starts) walk(start)
  return kept

  // By a stack of our own: a long chain of services must not end in a full call stack.
  function walk(start: string): void {
    if (state.has(start)) return
    state.set(start, 'open')
    const stack: { node: string; next: number }[] = [{ node: start, next: 0 }]
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!
      const to = outward.get(top.node)?.[top.next]
      if (to === undefined) {
        state.set(top.node, 'done')
        stack.pop()
        continue
      }
      top.next += 1
      if (state.get(to) === 'open') continue
      kept.push([top.node, to])
      if (!state.has(to)) {
        state.set(to, 'open')
        stack.push({ node: to, next: 0 })
      }
    }
  }
}

function longestPaths(nodes: readonly string[], forward: readonly (readonly [string, string])[]): Map<string, number> {
  const waiting = new Map<string, number>(nodes.map((node) => [node, 0]))
  for (const [, to] of forward) waiting.set(to, (waiting.get(to) ?? 0) + 1)
  const layer = new Map<string, number>(nodes.map((node) => [node, 0]))
  const ready = nodes.filter((node) => waiting.get(node) === 0)
  for (const node of ready) {
    for (const [from, to] of forward) {
      if (from !== node) continue
      layer.set(to, Math.max(layer.get(to) ?? 0, (layer.get(node) ?? 0) + 1))
      waiting.set(to, (waiting.get(to) ?? 0) - 1)
      if (waiting.get(to) === 0) ready.push(to)
    }
  }
  return layer
}

// Each column is sorted by the mean row of its neighbours, to and fro: the barycentre rule of Sugiyama et al., 1981.
function order(columns: string[][], forward: readonly (readonly [string, string])[]): void {
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const down = sweep % 2 === 0
    const indices = columns.map((_, index) => (down ? index : columns.length - 1 - index))
    for (const index of indices) {
      const row = rowsOf(columns)
      const middle = new Map<string, number>()
      for (const node of columns[index]!) {
        const beside = forward
          .filter(([from, to]) => (down ? to === node : from === node))
          .map(([from, to]) => row.get(down ? from : to) ?? 0)
        middle.set(node, beside.length > 0 ? beside.reduce((sum, one) => sum + one, 0) / beside.length : row.get(node)!)
      }
      columns[index]!.sort((a, b) => middle.get(a)! - middle.get(b)! || a.localeCompare(b))
    }
  }
}

function rowsOf(columns: readonly string[][]): Map<string, number> {
  return new Map(columns.flatMap((column) => column.map((node, row) => [node, row - column.length / 2] as const)))
}

function placed(columns: readonly string[][]): Layout {
  const rows = Math.max(0, ...columns.map((column) => column.length))
  const places = new Map<string, Place>()
  columns.forEach((column, layer) => {
    column.forEach((id, index) => places.set(id, { id, layer, row: index + (rows - column.length) / 2 }))
  })
  return { places, layers: columns.length, rows }
}
