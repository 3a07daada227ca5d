/** Names to say aloud, for who leads: put in the place of tokens on private views only, and kept nowhere. */

import * as api from './api'

/** `named(text)` has the names that the sealed map knows in place of tokens; until they are there, the tokens. */
export function names(incident: () => string): { readonly any: boolean; named: (text: string) => string } {
  let known = $state.raw<ReadonlyMap<string, string>>(new Map())
  $effect(() => {
    const stop = new AbortController()
    // Who may not unseal them reads tokens, as everybody else does.
    api.names(incident(), stop.signal).then((found) => (known = new Map(found.map((one) => [one.actor, one.name]))), () => undefined)
    return () => stop.abort()
  })
  return {
    get any() {
      return known.size > 0
    },
    named: (text) => text.replace(/\b[a-z]+-\d+\b/g, (token) => known.get(token) ?? token),
  }
}
