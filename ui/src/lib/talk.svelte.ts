/** Comments of the incident in view: its threads, which of them the panel shows, and what is said in them. */

import * as api from './api'
import type { components } from './schema'

export type Thread = components['schemas']['Thread']
export type Remark = components['schemas']['Remark']
export type Mention = components['schemas']['Mention']
export type Finding = components['schemas']['LintFinding']

/** `shown`: a subject key, `comment/<id>`, or "" for all; null while the panel is closed. `what`: the subject in words. */
export const talk = $state<{ incident: string; threads: Thread[]; known: boolean; shown: string | null; what: string; people: string[] }>({
  incident: '',
  threads: [],
  known: false,
  shown: null,
  what: '',
  people: [],
})

const ON = 'comment/'
let opener: Element | null = null
let asked = 0

/** Show the threads on a subject beside the page; "" = all of the incident. */
export function openTalk(subject: string, what: string): void {
  if (talk.shown === null) opener = document.activeElement
  Object.assign(talk, { shown: subject, what })
}

/** Close the panel; focus goes back to what opened it. */
export function closeTalk(): void {
  talk.shown = null
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
  opener = null
}

/** The threads on a subject, or the one that a comment is in; "" = all. */
export function threadsOn(subject: string): Thread[] {
  if (!subject) return talk.threads
  const id = subject.startsWith(ON) ? subject.slice(ON.length) : ''
  return talk.threads.filter((one) => one.subject === subject || one.remarks.some((remark) => remark.id === id))
}

/** How many comments stand in the open threads on a subject. */
export function saidOn(subject: string): number {
  const open = threadsOn(subject).filter((one) => !one.settled_by)
  return open.reduce((sum, one) => sum + one.remarks.filter((remark) => !remark.withdrawn).length, 0)
}

const of = (incident: string): string => `/incidents/${encodeURIComponent(incident)}`
const one = (incident: string, comment: string): string => `${of(incident)}/comments/${encodeURIComponent(comment)}`

/** Read who can be told by an @: the members of the incident, and its owner. */
export async function loadPeople(incident: string): Promise<void> {
  const found = await api.get<components['schemas']['People']>(`${of(incident)}/people`)
  if (talk.incident === incident) talk.people = [...found.members.map((one) => one.actor), 'owner']
}

/** Read the threads of an incident anew, page by page. */
export async function loadTalk(incident: string): Promise<void> {
  const mine = (asked += 1)
  const found: Thread[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: components['schemas']['Talk'] = await api.get(`${of(incident)}/comments${api.search({ cursor })}`)
    found.push(...page.threads)
    cursor = page.next_cursor ?? null
  }
  // Asked again meanwhile, an older answer does not take away what was said since.
  if (mine === asked) Object.assign(talk, { incident, threads: found, known: true })
}

export const sayOn = (incident: string, subject: string, text: string): Promise<Thread> =>
  api.sendOnce('POST', `${of(incident)}/comments`, { subject, text })
export const reply = (incident: string, root: string, text: string): Promise<Thread> => sayOn(incident, ON + root, text)
export const edit = (incident: string, id: string, text: string): Promise<Thread> => api.sendOnce('PUT', one(incident, id), { text })
export const takeBack = (incident: string, id: string): Promise<unknown> => api.sendOnce('DELETE', one(incident, id))
export const settle = (incident: string, id: string, settled: boolean): Promise<Thread> =>
  api.sendOnce('PUT', `${one(incident, id)}/settled`, { settled })

export const mentions = (): Promise<Mention[]> => api.get<{ mentions: Mention[] }>('/mentions').then((told) => told.mentions)
export const seenMentions = (incident: string): Promise<Mention[]> =>
  api.send<{ mentions: Mention[] }>('DELETE', `${of(incident)}/mentions`).then((told) => told.mentions)

/** Words of a draft that need work; the draft is read and not kept. */
export const looked = (text: string, signal?: AbortSignal): Promise<Finding[]> =>
  api
    .send<components['schemas']['Linted']>('POST', '/lint', { name: 'comment', text }, signal)
    .then((told) => told.texts.flatMap((one) => one.findings))

/** Take back one's own last entry in an incident; what was taken back, in words. */
export const undoOwn = (incident: string): Promise<string> =>
  api.sendOnce<components['schemas']['Undone']>('POST', `${of(incident)}/undo`, {}).then((told) => told.sentence)
