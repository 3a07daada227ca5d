/** What each severity asks of the post-mortem, and what a change of it does to open incidents. */

import * as api from '../lib/api'
import { count } from '../lib/format'
import type { components } from '../lib/schema'

export type Policy = components['schemas']['Policy']
export type Rule = components['schemas']['SeverityRule']
export type Changed = components['schemas']['PolicyChanged']
export type RuleGiven = components['schemas']['RuleGiven']
export type CalendarGiven = components['schemas']['CalendarGiven']
export type SprintGiven = components['schemas']['SprintGiven']

export const policy = (stop?: AbortSignal): Promise<Policy> => api.get('/policy', stop)

/** Change a part, the rule of a severity, the calendar or the sprints; with `preview` only hear what that would do. */
export const change = (part: string, given: RuleGiven | CalendarGiven | SprintGiven, preview: boolean): Promise<Changed> =>
  api.send('PUT', `/policy/${part}${api.search({ preview: preview ? 'true' : '' })}`, given)

/** The words by which alerts call themselves this bad. */
export const wordsOf = (held: Policy, severity: string): string =>
  held.alert_words.filter((one) => one.severity === severity).map((one) => one.word).join(', ')

/** "2 incidents get a later date" of an effect. */
export function told(effect: Changed['effect']): string {
  const parts = [
    effect.later ? `${count(effect.later, 'incident')} would get a later date` : '',
    effect.earlier ? `${count(effect.earlier, 'incident')} would get an earlier date` : '',
    effect.begun ? `the clock of ${count(effect.begun, 'incident')} would begin` : '',
    effect.ended ? `the clock of ${count(effect.ended, 'incident')} would end` : '',
  ].filter(Boolean)
  return parts.length ? `${parts.join(', ')}.` : 'No date of an open incident would change.'
}
