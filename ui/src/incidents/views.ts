/** The views of the incident list: which incidents, in which order, under which headings. */

import type { Incident } from '../lib/types'

export const VIEWS = [
  { name: 'all', title: 'All incidents', means: 'Everything that you may see, those with a running clock first' },
  { name: 'clock', title: 'Clock running', means: 'The document is due and not late yet' },
  { name: 'open', title: 'Not analysed', means: 'Opened, but no evidence was frozen yet' },
  { name: 'stale', title: 'Stale', means: 'Something changed since the documents were made' },
] as const

export type ViewName = (typeof VIEWS)[number]['name']

export const ORDERS = ['deadline', 'date', 'severity'] as const
export type Order = (typeof ORDERS)[number]

export interface Group {
  title: string
  rows: Incident[]
}

const runs = (one: Incident): boolean => one.clock !== null && one.clock.stopped === null

const GROUPS: { title: string; holds: (incident: Incident, now: number) => boolean }[] = [
  { title: 'Clock running', holds: (one, now) => runs(one) && Date.parse(one.clock?.due ?? '') >= now },
  { title: 'Past the deadline', holds: runs },
  { title: 'Other open', holds: () => true },
]

/** The incidents of a view that hold every word of `text`, in their groups and in order. */
export function groups(all: readonly Incident[], view: ViewName, order: Order, text: string): Group[] {
  const now = Date.now()
  const left = all.filter((one) => inView(one, view, now) && matches(one, text)).sort(by(order))
  const taken = new Set<Incident>()
  return GROUPS.map(({ title, holds }) => {
    const rows = left.filter((one) => !taken.has(one) && holds(one, now))
    rows.forEach((one) => taken.add(one))
    return { title, rows }
  }).filter((group) => group.rows.length > 0)
}

function inView(one: Incident, view: ViewName, now: number): boolean {
  if (view === 'clock') return runs(one) && Date.parse(one.clock?.due ?? '') >= now
  return view === 'all' || one.status === view
}

function matches(one: Incident, text: string): boolean {
  const held = [one.id, one.title, one.severity, one.alarm_service, one.first_cause, ...(one.services_hit ?? []), ...one.recordings]
    .join(' ')
    .toLowerCase()
  return text.toLowerCase().split(/\s+/).every((word) => held.includes(word))
}

function by(order: Order): (a: Incident, b: Incident) => number {
  const begun = (one: Incident): number => Date.parse(one.alarm_at ?? one.window.start)
  if (order === 'date') return (a, b) => begun(b) - begun(a)
  if (order === 'severity') return (a, b) => a.severity.localeCompare(b.severity) || begun(b) - begun(a)
  const due = (one: Incident): number => (runs(one) ? Date.parse(one.clock?.due ?? '') : Infinity)
  return (a, b) => (due(a) === due(b) ? begun(b) - begun(a) : due(a) - due(b))
}
