/** Import over HTTP: files up with progress, the summary of what was kept, corrections of labels and names. */

import * as api from '../lib/api'
import type { ImportSummary, MappingChange, MappingView, Recording, Submitted } from '../lib/types'

export interface Upload {
  done: Promise<Submitted>
  stop: () => void
}

export const recordings = (stop?: AbortSignal): Promise<Recording[]> =>
  api.get<{ recordings: Recording[] }>('/recordings', stop).then((answer) => answer.recordings)
export const summary = (job: string, stop?: AbortSignal): Promise<ImportSummary> =>
  api.get(`/imports/${encodeURIComponent(job)}/summary`, stop)
export const correct = (recording: string, change: MappingChange): Promise<MappingView> =>
  api.send('PUT', `/recordings/${encodeURIComponent(recording)}/mapping`, change)

/** Send an incident that was downloaded elsewhere; the job's result is the incident. */
export function sendIncident(file: File): Promise<Submitted> {
  const form = new FormData()
  form.append('incident_file', file, file.name)
  return api.send('POST', '/incident-files', form)
}

/** Send files; `told` hears the bytes sent so far. fetch cannot report that, so this is the older way. */
export function upload(files: readonly File[], name: string, told: (sent: number, total: number) => void): Upload {
  const request = new XMLHttpRequest()
  const form = new FormData()
  form.append('name', name)
  for (const file of files) form.append('files', file, file.name)
  const done = api.session().then(
    ({ csrf }) =>
      new Promise<Submitted>((resolve, reject) => {
        request.open('POST', api.address('/imports'))
        request.setRequestHeader('X-CSRF-Token', csrf)
        request.upload.onprogress = (event) => told(event.loaded, event.total)
        request.onload = () => (request.status < 300 ? resolve(JSON.parse(request.responseText) as Submitted) : reject(refused(request)))
        request.onerror = () => reject(new api.Problem(0, 'The upload broke off', `The server stopped answering while ${name} was sent.`, 'Send the files again; what was kept is not doubled.'))
        request.onabort = () => reject(new api.Problem(0, 'Stopped', 'You stopped the upload. Nothing was imported.', 'Choose the files again when you want them.'))
        request.send(form)
      }),
  )
  return { done, stop: () => request.abort() }
}

function refused(request: XMLHttpRequest): api.Problem {
  try {
    const told = JSON.parse(request.responseText) as { title?: string; detail?: string; next?: string }
    return new api.Problem(request.status, told.title ?? 'The server refused the files', told.detail ?? '', told.next ?? 'Try again.')
  } catch {
    return new api.Problem(request.status, 'The server refused the files', `It answered ${request.status}.`, 'Try again.')
  }
}

/** "1.2 MB" of bytes. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB']
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3))
  return `${Number((bytes / 1000 ** step).toPrecision(3))} ${units[step]}`
}
