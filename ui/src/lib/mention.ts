/** What an @ in a draft means: whom it will tell, who might be meant, and who is nobody here. */

const WORD = /(?<![\w@./-])@([a-z][a-z-]*[a-z0-9-]*)$/
const NAMED = /(?<![\w@./-])@([a-z]+-[1-9]\d{0,5}|owner)(?![\w-])/g
const MOST = 6

/** The people who fit the @-word that ends the text before the caret; none where there is no such word. */
export function offered(before: string, people: readonly string[]): string[] {
  const found = /(?<![\w@./-])@$/.test(before) ? '' : WORD.exec(before)?.[1]
  if (found === undefined) return []
  const fit = people.filter((one) => one.startsWith(found))
  return fit.length === 1 && fit[0] === found ? [] : fit.slice(0, MOST)
}

/** The text with the @-word before the caret made whole, and the place after it. */
export function chosen(text: string, caret: number, who: string): { text: string; caret: number } {
  const at = text.lastIndexOf('@', caret - 1)
  const before = `${text.slice(0, at)}@${who} `
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length }
}

/** Who is named and is not here, each with the one whose name is nearest; "" where nobody's is near. */
export function unknown(text: string, people: readonly string[]): { who: string; near: string }[] {
  const named = [...new Set([...text.matchAll(NAMED)].map((found) => found[1] ?? ''))]
  return named.filter((one) => !people.includes(one)).map((who) => ({ who, near: nearest(who, people) }))
}

function nearest(who: string, people: readonly string[]): string {
  const ranked = people.map((one) => ({ one, far: distance(who, one) })).sort((a, b) => a.far - b.far)
  return ranked[0] && ranked[0].far <= 3 ? ranked[0].one : ''
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [i, sign] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) next.push(Math.min((row[j] ?? 0) + (sign === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    row = next
  }
  return row[b.length] ?? 0
}
