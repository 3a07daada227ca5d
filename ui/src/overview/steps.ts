/** The steps of a review over HTTP, and where each one is worked on. */

import * as api from '../lib/api'
import type { PageName } from '../lib/router.svelte'
import type { components } from '../lib/schema'

export type Conduct = components['schemas']['Conduct']
export type StepState = components['schemas']['StepState']
export type StepName = StepState['step']

export const STEPS: Record<StepName, { name: string; page: PageName | null }> = {
  freeze: { name: 'Evidence frozen', page: 'evidence' },
  draft: { name: 'Timeline drafted', page: 'timeline' },
  invite: { name: 'Invitation and pre-briefs', page: 'prepare' },
  meeting: { name: 'Meeting', page: 'prepare' },
  summary: { name: 'Summary circulated', page: 'wrap-up' },
  review: { name: 'Review', page: 'document' },
  publish: { name: 'Published', page: 'document' },
}

const of = (id: string, step = ''): string => `/incidents/${encodeURIComponent(id)}/steps${step}`

export const load = (id: string, stop?: AbortSignal): Promise<Conduct> => api.get(of(id), stop)
export const tick = (id: string, step: StepName): Promise<Conduct> => api.send('PUT', of(id, `/${step}/done`), {})
export const plan = (id: string, step: StepName, at: string): Promise<Conduct> => api.send('PUT', of(id, `/${step}/plan`), { at })
export const takeBack = (id: string, step: StepName): Promise<Conduct> => api.send('DELETE', of(id, `/${step}`))
