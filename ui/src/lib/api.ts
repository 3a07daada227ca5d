/** The one way to the server: JSON in and out, the CSRF token on every change, refusals as `Problem`. */

import type {
  DocumentKind,
  DrawnSignals,
  EvidenceList,
  EvidencePage,
  Incident,
  IncidentDetail,
  Job,
  Session,
  StoredDocument,
  Submitted,
} from './types'

const BASE = '/api/v1'

/** A refusal: what was tried on what (`detail`), and the one next step (`next`). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly next: string,
  ) {
    super(detail || title)
  }
}

let known: Promise<Session> | undefined

/** Who is signed in; asked once. */
export function session(): Promise<Session> {
  known ??= get<Session>('/session').catch((error: unknown) => {
    known = undefined
    throw error
  })
  return known
}

/** Ask anew the next time: the browser signed in or out, or a role changed. */
export function forgetSession(): void {
  known = undefined
}

/** Told of every refusal; the frame watches for those that say that the browser is nobody's any more. */
export const refusals = { heard: (_status: number): void => undefined }

/** Read `path`, which begins with "/" below /api/v1. Rejects with Problem, or with AbortError when cancelled. */
export function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return ask<T>(path, { signal })
}

/** Change something; `body` travels as JSON, or as it is when it is a form. */
export async function send<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const headers: Record<string, string> = { 'X-CSRF-Token': (await session()).csrf }
  const isForm = body instanceof FormData
  if (body !== undefined && !isForm) headers['Content-Type'] = 'application/json'
  return ask<T>(path, { method, headers, body: isForm ? body : body === undefined ? undefined : JSON.stringify(body), signal })
}

const AGAIN_MS = 600

/** Change something that must be made once: sent again where no answer came, under the same key. */
export async function sendOnce<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const headers = { 'X-CSRF-Token': (await session()).csrf, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }
  const init = { method, headers, body: body === undefined ? undefined : JSON.stringify(body) }
  return ask<T>(path, init).catch(async (error: unknown) => {
    if (!(error instanceof Problem) || error.status !== 0) throw error
    await new Promise((done) => setTimeout(done, AGAIN_MS))
    return ask<T>(path, init)
  })
}

/** Ask something that needs no sign-in, such as what an invitation is for. */
export function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return ask<T>(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal })
}

/** The address of `path`, for links and downloads. */
export function address(path: string): string {
  return BASE + path
}

/** "?a=1&b=2" of what is set; a list is given one by one. */
export function search(fields: Record<string, string | number | readonly string[] | null | undefined>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) {
    for (const one of typeof value === 'object' && value !== null ? value : [value ?? '']) {
      if (one !== '') params.append(name, String(one))
    }
  }
  const text = params.toString()
  return text && `?${text}`
}

const of = (id: string): string => `/incidents/${encodeURIComponent(id)}`

export const incidents = (signal?: AbortSignal): Promise<Incident[]> =>
  get<{ incidents: Incident[] }>('/incidents', signal).then((answer) => answer.incidents)
export const incident = (id: string, signal?: AbortSignal): Promise<IncidentDetail> => get(of(id), signal)
export const document = <Body>(id: string, kind: DocumentKind, signal?: AbortSignal): Promise<StoredDocument<Body>> =>
  get(`${of(id)}/documents/${kind}`, signal)
export const evidence = (id: string, signal?: AbortSignal): Promise<EvidenceList> => get(`${of(id)}/evidence`, signal)
export const evidencePage = (
  id: string,
  key: string,
  offset: number,
  limit: number,
  signal?: AbortSignal,
): Promise<EvidencePage> => get(`${of(id)}/evidence/${encodeURIComponent(key)}${search({ offset, limit })}`, signal)
export interface SignalsAsked {
  start?: string
  end?: string
  width?: number
  services?: string[]
  names?: string[]
  limit?: number
  offset?: number
}
export const signals = (id: string, asked: SignalsAsked, signal?: AbortSignal): Promise<DrawnSignals> =>
  get(`${of(id)}/signals${search({ ...asked })}`, signal)
export const analyse = (id: string, refresh = false): Promise<Submitted> => send('POST', `${of(id)}/analyse`, { refresh })
export const job = (id: string, signal?: AbortSignal): Promise<Job> => get(`/jobs/${encodeURIComponent(id)}`, signal)
export const cancelJob = (id: string): Promise<unknown> => send('DELETE', `/jobs/${encodeURIComponent(id)}`)

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const answer = await fetch(BASE + path, { credentials: 'same-origin', ...init }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem(
      0,
      'The server does not answer',
      'The page asked Second Story on this machine and got no answer.',
      'See whether `secondstory serve` still runs, then try again.',
    )
  })
  if (!answer.ok) {
    refusals.heard(answer.status)
    throw await problem(answer)
  }
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

async function problem(answer: Response): Promise<Problem> {
  const told = (await answer.json().catch(() => ({}))) as { title?: string; detail?: unknown; next?: string }
  const detail = typeof told.detail === 'string' ? told.detail : `The server answered ${answer.status}.`
  const next = answer.status === 401 ? 'Open the address that `secondstory serve` printed.' : 'Try again.'
  return new Problem(answer.status, told.title ?? 'The server refused', detail, told.next || next)
}
