/** Which events of the timeline are worth the room's time, in their order. Pure. */

import type { Item } from '../timeline/model'

const TELLING = new Set<Item['kind']>(['change', 'command', 'alert', 'added'])
const OWN_SIGNS = /\/(saturation|errors|latency)$/

/**
 * Events that people starred or want dug into, told or added; changes, commands and alerts that began; and the first signs
 * of the services along which the failure travelled.
 */
export function turningPoints(items: readonly Item[], path: ReadonlySet<string>): Item[] {
  return items.filter((item) => item.type === 'event' && !item.aside && (item.stars || item.digs || telling(item) || sign(item, path)))
}

/** What follows or precedes `subject`; from outside the list its neighbour in time. */
export function neighbour(points: readonly Item[], subject: string, by: 1 | -1, all: readonly Item[] = points): Item | undefined {
  const at = points.findIndex((one) => one.key === subject)
  if (at >= 0) return points[at + by]
  const from = all.find((one) => one.key === subject)?.span.from
  if (from === undefined) return by > 0 ? points[0] : points.at(-1)
  return by > 0 ? points.find((one) => one.span.from > from) : points.filter((one) => one.span.from < from).at(-1)
}

function telling(item: Item): boolean {
  return TELLING.has(item.kind) && !item.attributes.some(([name, value]) => name === 'state' && value === 'resolved')
}

function sign(item: Item, path: ReadonlySet<string>): boolean {
  return item.kind === 'signal' && item.service !== null && path.has(item.service) && OWN_SIGNS.test(item.key)
}
