/** Which card answers a question as somebody typed it. */

import type { Card } from './types'

const SMALL = new Set('a an and are at be by can could did do does for from had has have how i if in is it its me of on or our so that the then there they this to us was we were what when where which who why will with would you your'.split(' '))

/** The words of a text that carry meaning, in small letters, without endings. */
export function stems(text: string): Set<string> {
  const words = text.toLowerCase().replaceAll(/n['’]t\b/g, ' not').match(/[a-z0-9]+/g) ?? []
  return new Set(words.filter((word) => !SMALL.has(word)).map((word) => word.replace(/(?:ing|ed|es|s|ly)$/, '')))
}

/** Cards in the order of how well they fit, those that share no word with the question left out. */
export function fitting(cards: readonly Card[], asked: string): Card[] {
  const wanted = stems(asked)
  const score = (card: Card): number => {
    const [question, answer] = [stems(card.question), stems(card.answer)]
    return [...wanted].reduce((sum, word) => sum + (question.has(word) ? 3 : 0) + (answer.has(word) ? 1 : 0), 0)
  }
  return cards
    .map((card) => ({ card, score: score(card) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((one) => one.card)
}
