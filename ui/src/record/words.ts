/** How the parts of an incident's own data are called. */

import type { FieldName } from './api'

export const STATUS: Record<string, string> = {
  triage: 'Triage',
  investigating: 'Investigating',
  identified: 'Identified',
  mitigating: 'Mitigating',
  mitigated: 'Mitigated',
  resolved: 'Resolved',
  learning: 'In review',
  published: 'Published',
  closed: 'Closed',
  cancelled: 'Cancelled',
}

export const MODES: Record<string, string> = {
  standard: 'Standard: the clocks run',
  retrospective: 'Retrospective: long over, no clock runs',
}

export const FIELDS: { name: FieldName; title: string; reason: boolean; hint: string }[] = [
  { name: 'title', title: 'Title', reason: false, hint: 'what users met, in a few words' },
  { name: 'severity', title: 'Severity', reason: true, hint: '' },
  { name: 'status', title: 'Status', reason: false, hint: '' },
  { name: 'services', title: 'Services', reason: false, hint: 'separated by commas' },
  { name: 'customers', title: 'Customers hit', reason: false, hint: 'who and how many, without names' },
  { name: 'mode', title: 'Mode', reason: true, hint: '' },
]

export const ROLES: { name: string; title: string; does: string }[] = [
  { name: 'commander', title: 'Incident commander', does: 'led the response' },
  { name: 'scribe', title: 'Scribe', does: 'wrote down what happened' },
  { name: 'communications', title: 'Communications', does: 'told customers and colleagues' },
  { name: 'expert', title: 'Expert', does: 'knew a part of the system' },
  { name: 'reporter', title: 'Reporter', does: 'noticed it' },
  { name: 'facilitator', title: 'Facilitator', does: 'leads the review' },
]

/** A stored value as a reader wants it. */
export function told(field: string, value: string): string {
  if (!value) return ''
  if (field === 'status') return STATUS[value] ?? value
  if (field === 'mode') return MODES[value]?.split(':')[0] ?? value
  if (field !== 'services' && !field.startsWith('role/')) return value
  try {
    const held = JSON.parse(value) as string[] | { who: string; until: string | null }
    return Array.isArray(held) ? held.join(', ') : `${held.who}${held.until ? ', until then' : ''}`
  } catch {
    return value
  }
}

/** "role/commander" as "Incident commander", "customers" as "Customers hit". */
export function named(field: string): string {
  const role = ROLES.find((one) => `role/${one.name}` === field)
  return role?.title ?? FIELDS.find((one) => one.name === field)?.title ?? field
}
