/** What can be answered to an executive, as the server tells it from the incident's documents. */

export interface Line {
  part: 'answer' | 'number' | 'confidence' | 'unknown' | 'next'
  text: string
  evidence_ids: string[]
}

/** Its lines are said in their order. A refusal has one: what would tell. */
export interface Card {
  key: string
  question: string
  lines: Line[]
  is_refusal: boolean
}

export interface Answers {
  cards: Card[]
  /** The card that the question asks for, where one was asked and found. */
  asked: string | null
}
