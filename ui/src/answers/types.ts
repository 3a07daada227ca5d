/** What can be answered to an executive, as the server tells it from the incident's documents. */

export interface Likelihood {
  words: string
  low_percent: number
  high_percent: number
}

export interface Card {
  key: string
  question: string
  /** The answer in words to say, with its number. */
  answer: string
  likelihood: Likelihood | null
  /** How sure the evidence is, as a sentence of its own. */
  confidence: string
  unknown: string
  next: string
  evidence_ids: string[]
  /** Nothing supports an answer; `answer` says so and `next` what would tell. */
  is_refused: boolean
}
