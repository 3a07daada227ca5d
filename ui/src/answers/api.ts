/** The answer cards of an incident, and a card as it is read aloud. */

import * as api from '../lib/api'
import type { Answers, Card } from './types'

/** All cards in the order in which they are asked, and which of them answers `question`. */
export function answersTo(incident: string, question: string, stop: AbortSignal): Promise<Answers> {
  return api.get<Answers>(`/incidents/${encodeURIComponent(incident)}/answers${api.search({ question })}`, stop)
}

export const spokenOf = (card: Card): string => card.lines.map((line) => line.text).join(' ')

export const evidenceOf = (card: Card): string[] => [...new Set(card.lines.flatMap((line) => line.evidence_ids))]

/** The range that a sentence prints after its confidence word, in percent. */
export function rangeIn(text: string): { low: number; high: number } | null {
  const [, low, high] = /\((\d+)–(\d+) %\)/.exec(text) ?? []
  return low && high ? { low: Number(low), high: Number(high) } : null
}
