/** Search over HTTP. */

import * as api from '../lib/api'
import type { SearchPage } from '../lib/types'

export interface Asked {
  q: string
  kind: string
  limit: number
}

/** What holds every word, the best first; of incidents that one may read. */
export const find = ({ q, kind, limit }: Asked, stop?: AbortSignal): Promise<SearchPage> =>
  api.get(`/search${api.search({ q, kind, limit })}`, stop)
