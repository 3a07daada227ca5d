/** What each severity asks of the post-mortem. */

import * as api from '../lib/api'
import type { components } from '../lib/schema'

export type Policy = components['schemas']['Policy']
export type Rule = components['schemas']['SeverityRule']

export const policy = (stop?: AbortSignal): Promise<Policy> => api.get('/policy', stop)
