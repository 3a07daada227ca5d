/** The views of the incident list that come with the program, and a query as words and filters. */

import * as api from '../lib/api'
import type { components } from '../lib/schema'
import type { Incident } from '../lib/types'

export type Counts = components['schemas']['Counts']
export type SavedView = components['schemas']['SavedView']
export type IncidentPage = Omit<components['schemas']['IncidentPage'], 'incidents'> & { incidents: Incident[] }

export const VIEWS: { query: string; title: string; means: string; count: keyof Counts }[] = [
  { query: '', title: 'All incidents', means: 'Everything that you may see, the nearest deadline first', count: 'all' },
  { query: 'is:mine', title: 'Mine', means: 'Where you have a role', count: 'mine' },
  { query: 'is:running', title: 'Clock running', means: 'Meeting or summary is still to come', count: 'running' },
  { query: 'is:late', title: 'Late', means: 'Past the deadline of the meeting or of the summary', count: 'late' },
  { query: 'analysis:open', title: 'Not analysed', means: 'Opened, but no evidence was frozen yet', count: 'open' },
  { query: 'analysis:stale', title: 'Stale', means: 'Something changed since the documents were made', count: 'stale' },
]

export const ORDERS = ['deadline', 'date', 'severity', 'title'] as const
export type Order = (typeof ORDERS)[number]
export const PAGE = 50

export const find = (query: string, sort: string, offset: number, stop?: AbortSignal): Promise<IncidentPage> =>
  api.get(`/incidents${api.search({ query, sort, offset, limit: PAGE })}`, stop)
export const saved = (stop?: AbortSignal): Promise<{ views: SavedView[] }> => api.get('/views', stop)
export const save = (name: string, query: string): Promise<{ views: SavedView[] }> => api.send('PUT', '/views', { name, query })
export const forget = (name: string): Promise<{ views: SavedView[] }> => api.send('DELETE', `/views${api.search({ name })}`)

/** The value of a filter in a query, "" where it has none. */
export function filterOf(query: string, name: string): string {
  const part = query.split(/\s+/).find((one) => one.startsWith(`${name}:`))
  return part?.slice(name.length + 1) ?? ''
}

/** The query with a filter set to one value, or without it for "". */
export function withFilter(query: string, name: string, value: string): string {
  const kept = query.split(/\s+/).filter((one) => one && !one.startsWith(`${name}:`))
  return [...kept, ...(value ? [`${name}:${value}`] : [])].join(' ')
}

export interface Group {
  title: string
  rows: Incident[]
}

const runs = (one: Incident): boolean => one.clock !== null && one.clock.stopped === null
const late = (one: Incident, now: number): boolean => runs(one) && Date.parse(one.clock?.due ?? '') < now

/** The incidents of a page under headings, in the order in which the server gave them. */
export function groups(rows: readonly Incident[], order: Order): Group[] {
  if (order !== 'deadline') return rows.length ? [{ title: '', rows: [...rows] }] : []
  const now = Date.now()
  const of = (title: string, holds: (one: Incident) => boolean): Group => ({ title, rows: rows.filter(holds) })
  return [
    of('Past the deadline', (one) => late(one, now)),
    of('Clock running', (one) => runs(one) && !late(one, now)),
    of('Without a running clock', (one) => !runs(one)),
  ].filter((group) => group.rows.length > 0)
}
