/** The linter over HTTP: a text that is given, an incident's own, and its document to look at. */

import * as api from '../lib/api'
import type { Linted } from './types'

const of = (incident: string): string => `/incidents/${encodeURIComponent(incident)}`

export const lintText = (name: string, text: string): Promise<Linted> => api.send('POST', '/lint', { name, text })
export const lintIncident = (incident: string, stop?: AbortSignal): Promise<Linted> => api.get(`${of(incident)}/lint`, stop)

/** The incident's document as Markdown. Rejects with Problem. */
export async function documentText(incident: string, stop?: AbortSignal): Promise<string> {
  const answer = await fetch(api.address(`${of(incident)}/report.md`), { credentials: 'same-origin', signal: stop })
  if (answer.ok) return answer.text()
  const told = (await answer.json().catch(() => ({}))) as { title?: string; detail?: string; next?: string }
  throw new api.Problem(answer.status, told.title ?? 'No document', told.detail ?? '', told.next ?? 'Analyse the incident first.')
}
