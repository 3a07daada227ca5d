/** The answer cards of an incident. */

import * as api from '../lib/api'
import type { Card } from './types'

export const cardsOf = (incident: string, stop: AbortSignal): Promise<Card[]> =>
  api.get<{ cards: Card[] }>(`/incidents/${encodeURIComponent(incident)}/answers`, stop).then((told) => told.cards)

/** A card as it is read aloud, and as it is copied. */
export function spokenOf(card: Card): string {
  const likely = card.likelihood ? `${card.likelihood.words} (${card.likelihood.low_percent}–${card.likelihood.high_percent} %)` : ''
  const open = card.unknown && !card.is_refused ? `Not known yet: ${card.unknown}` : ''
  return [card.answer, likely, card.confidence, open, card.next].filter(Boolean).join(' ')
}
