/** Words without a sender: the server keeps neither who wrote them nor when. */

import { get, send } from '../lib/api'

export interface Card {
  id: string
  text: string
}

export const MOST_LETTERS = 500
const at = (incident: string): string => `/incidents/${encodeURIComponent(incident)}/meeting/cards`

export const cards = (incident: string, signal?: AbortSignal): Promise<Card[]> => get(at(incident), signal)
export const putCard = (incident: string, text: string): Promise<Card> => send('POST', at(incident), { text })
export const dropCard = (incident: string, card: string): Promise<Card[]> => send('DELETE', `${at(incident)}/${encodeURIComponent(card)}`)
