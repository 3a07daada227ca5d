/** What a person typed, as a question to the API: a trace id, or an attribute with its value. */

import { get, search } from '../lib/api'
import type { Exemplar, Found } from './types'

export interface Question {
  trace: string
  attribute: string
  value: string
}

const TRACE = /^[0-9a-f]{16,32}$/i

/** "order_id=4711" and "order_id: 4711" are an attribute; hexadecimal digits are a trace id; else null. */
export function read(text: string): Question | null {
  const typed = text.trim()
  if (TRACE.test(typed)) return { trace: typed.toLowerCase(), attribute: '', value: '' }
  const pair = /^([\w.\-/]+)\s*[=:]\s*(.+)$/.exec(typed)
  if (!pair) return null
  const value = pair[2]!.replace(/^"(.*)"$/, '$1')
  if (/^trace[_.]?id$/i.test(pair[1]!) && TRACE.test(value)) return { trace: value.toLowerCase(), attribute: '', value: '' }
  return { trace: '', attribute: pair[1]!, value }
}

/** A question as it stands in the search field. */
export function written(question: Question | null): string {
  if (!question) return ''
  return question.trace || `${question.attribute}=${question.value}`
}

/** The question in the address, if there is one. */
export function fromParams(params: URLSearchParams): Question | null {
  const trace = params.get('trace') ?? ''
  const attribute = params.get('attribute') ?? ''
  return trace || attribute ? { trace, attribute, value: params.get('value') ?? '' } : null
}

const at = (incident: string): string => `/incidents/${encodeURIComponent(incident)}`

export function find(incident: string, question: Question, signal: AbortSignal): Promise<Found> {
  const { trace, attribute, value } = question
  return get(`${at(incident)}/requests${search({ trace_id: trace, attribute, value, limit: 20 })}`, signal)
}

export function exemplars(incident: string, signal: AbortSignal): Promise<Exemplar[]> {
  return get<{ exemplars: Exemplar[] }>(`${at(incident)}/exemplars`, signal).then((answer) => answer.exemplars)
}
