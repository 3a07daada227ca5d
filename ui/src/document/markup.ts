/** A sentence that a person wrote, inline Markdown, as pieces to set one by one; nothing in it is ever HTML. */

export interface Piece {
  kind: 'text' | 'code' | 'strong' | 'em' | 'link'
  text: string
  href?: string
}

const INLINE = /\\([\\`*_[\]<>|~#.+=>-])|`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)/g
const SAFE = /^(?:https?:|mailto:)/i

export function pieces(source: string): Piece[] {
  const found: Piece[] = []
  const plain = (text: string): void => {
    const last = found.at(-1)
    if (last?.kind === 'text') last.text += text
    else if (text) found.push({ kind: 'text', text })
  }
  let at = 0
  for (const hit of source.matchAll(INLINE)) {
    plain(source.slice(at, hit.index))
    at = hit.index + hit[0].length
    const [whole, sign, code, strong, em, words, href] = hit
    if (sign) plain(sign)
    else if (code) found.push({ kind: 'code', text: code })
    else if (strong) found.push({ kind: 'strong', text: strong })
    else if (em) found.push({ kind: 'em', text: em })
    else if (words && href && SAFE.test(href)) found.push({ kind: 'link', text: words, href })
    else plain(whole)
  }
  plain(source.slice(at))
  return found
}
