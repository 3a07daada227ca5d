/** Names to say aloud, for who leads: put in the place of tokens on private views only, and kept nowhere. */

import { get } from './api'
import { may } from './may.svelte'
import type { components } from './schema'

type Known = components['schemas']['KnownPerson']

/**
 * `named(text)` has the names that the sealed map knows in place of tokens; until they are there, the tokens.
 * `anew`: when it changes, they are asked for again, such as the number of people who came in.
 */
export function names(incident: () => string, anew: () => number = () => 0): { readonly any: boolean; named: (text: string) => string } {
  let known = $state.raw<ReadonlyMap<string, string>>(new Map())
  $effect(() => {
    const id = incident()
    void anew()
    if (!may('lead the meeting') || !may('unseal names')) return // who may not unseal them reads tokens, as all others do
    const stop = new AbortController()
    get<Known[]>(`/incidents/${encodeURIComponent(id)}/meeting/names`, stop.signal).then((found) => (known = new Map(found.map((one) => [one.actor, one.name]))), () => undefined)
    return () => stop.abort()
  })
  return {
    get any() {
      return known.size > 0
    },
    named: (text) => text.replace(/\b[a-z]+-\d+\b/g, (token) => known.get(token) ?? token),
  }
}

/** The value with `change` done to every text in it. */
export function throughout<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T
  if (Array.isArray(value)) return value.map((one: unknown) => throughout(one, change)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, throughout<unknown>(one, change)])) as T
}
