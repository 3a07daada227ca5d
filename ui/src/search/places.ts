/** Where a hit leads: the page that shows it, at its place. */

import { href } from '../lib/router.svelte'
import type { Found } from '../lib/types'

export const KINDS = ['incident', 'event', 'hypothesis', 'action', 'document', 'evidence', 'decision', 'comment'] as const
export type Kind = (typeof KINDS)[number]

export const KIND_WORDS: Record<Kind, [one: string, many: string]> = {
  incident: ['incident', 'incidents'],
  event: ['event', 'events'],
  hypothesis: ['hypothesis', 'hypotheses'],
  action: ['action', 'actions'],
  document: ['document', 'documents'],
  evidence: ['evidence', 'evidence'],
  decision: ['decision', 'decisions'],
  comment: ['comment', 'comments'],
}

/** The address of a hit. What people said is shown beside its subject, so its subject's page is the place. */
export function place(hit: Pick<Found, 'incident' | 'kind' | 'key'>): string {
  const { incident, kind, key } = hit
  if (kind === 'evidence') return href(incident, 'evidence', undefined, key)
  if (kind === 'event' || /^(event|added|milestone)\//.test(key)) return href(incident, 'timeline', { event: key })
  if (kind === 'hypothesis' || /^(hypothesis|cell)\//.test(key)) return href(incident, 'causes')
  if (kind === 'document') return href(incident, 'document', { at: key })
  if (kind === 'action' || /^text\//.test(key)) return href(incident, 'document')
  return href(incident)
}
