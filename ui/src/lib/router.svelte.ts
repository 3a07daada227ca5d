/** Hash routes: `#/` incidents, `#/import`, `#/keeping`, `#/lint`, `#/policy`, `#/rehearse`, `#/search?q=…`, `#/join/{link}`, `#/i/{incident}/{page}/{item}?…` a page of one incident. */

import type { Component } from 'svelte'

export type PageName =
  | 'incidents'
  | 'import'
  | 'keeping'
  | 'lint'
  | 'rehearse'
  | 'policy'
  | 'search'
  | 'join'
  | 'people'
  | 'overview'
  | 'evidence'
  | 'timeline'
  | 'impact'
  | 'causes'
  | 'prepare'
  | 'answers'
  | 'wrap-up'
  | 'questions'
  | 'transcript'
  | 'room'
  | 'document'
  | 'request'
  | 'record'
  | 'glossary'
  | 'actions'

export interface PageProps {
  incident: string
  params: URLSearchParams
  /** What follows the page's name in the address: an evidence id. */
  item?: string
}

export interface Route {
  page: PageName | null
  incident: string
  item: string
  params: URLSearchParams
}

type Loader = () => Promise<{ default: Component<PageProps> }>

/** One chunk a page, loaded when it is first opened. */
export const PAGES: Record<PageName, Loader> = {
  incidents: () => import('../incidents/Page.svelte'),
  import: () => import('../import/Page.svelte'),
  keeping: () => import('../keeping/Page.svelte'),
  lint: () => import('../wording/Page.svelte'),
  policy: () => import('../policy/Page.svelte'),
  rehearse: () => import('../rehearse/Page.svelte'),
  search: () => import('../search/Page.svelte'),
  join: () => import('../join/Page.svelte'),
  people: () => import('../people/Page.svelte'),
  overview: () => import('../overview/Page.svelte'),
  evidence: () => import('../evidence/Page.svelte'),
  timeline: () => import('../timeline/Page.svelte'),
  impact: () => import('../impact/Page.svelte'),
  causes: () => import('../causes/Page.svelte'),
  prepare: () => import('../prepare/Page.svelte'),
  'wrap-up': () => import('../wrapup/Page.svelte'),
  answers: () => import('../answers/Page.svelte'),
  questions: () => import('../questions/Page.svelte'),
  transcript: () => import('../transcript/Page.svelte'),
  room: () => import('../room/Page.svelte'),
  document: () => import('../document/Page.svelte'),
  request: () => import('../request/Page.svelte'),
  record: () => import('../record/Page.svelte'),
  glossary: () => import('../glossary/Page.svelte'),
  actions: () => import('../actions/Page.svelte'),
}

const INCIDENT_PAGES: readonly PageName[] = ['overview', 'evidence', 'timeline', 'impact', 'causes', 'prepare', 'room', 'wrap-up', 'answers', 'questions', 'transcript', 'document', 'request', 'record', 'people', 'glossary', 'actions']

/** The address as data; `page` is null where nothing lives. */
export function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?')
  const params = new URLSearchParams(query)
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent)
  if (parts.length === 0) return { page: 'incidents', incident: '', item: '', params }
  if (parts[0] === 'rehearse') return { page: 'rehearse', incident: '', item: '', params }
  if (parts[0] === 'policy') return { page: 'policy', incident: '', item: '', params }
  if (parts[0] === 'search') return { page: 'search', incident: '', item: '', params }
  if (parts[0] === 'import') return { page: 'import', incident: '', item: '', params }
  if (parts[0] === 'keeping') return { page: 'keeping', incident: '', item: '', params }
  if (parts[0] === 'lint') return { page: 'lint', incident: '', item: '', params }
  if (parts[0] === 'join' && parts[1]) return { page: 'join', incident: '', item: parts[1], params }
  if (parts[0] !== 'i' || !parts[1]) return { page: null, incident: '', item: '', params }
  const page = INCIDENT_PAGES.find((name) => name === (parts[2] ?? 'overview')) ?? null
  return { page, incident: parts[1], item: parts[3] ?? '', params }
}

/** A link to a page of an incident. */
export function href(incident: string, page: PageName = 'overview', params?: Record<string, string>, item = ''): string {
  const tail = page === 'overview' ? '' : `/${page}${item && `/${encodeURIComponent(item)}`}`
  const query = params && new URLSearchParams(params).toString()
  return `#/i/${encodeURIComponent(incident)}${tail}${query ? `?${query}` : ''}`
}

/** Go to `address`, which begins with "#"; `replace` leaves no step to go back to. */
export function navigate(address: string, replace = false): void {
  if (replace) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  current.route = parse(address)
}

/** Change the query of the page in view without a step in the history: window, selection, filter. */
export function setParams(changes: Record<string, string | null>): void {
  const [path = '#/', query = ''] = (location.hash || '#/').split('?')
  const params = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) params.delete(name)
    else params.set(name, value)
  }
  const text = params.toString()
  navigate(text ? `${path}?${text}` : path, true)
}

export const current = $state<{ route: Route }>({ route: parse(location.hash) })

addEventListener('hashchange', () => (current.route = parse(location.hash)))
addEventListener('popstate', () => (current.route = parse(location.hash)))
