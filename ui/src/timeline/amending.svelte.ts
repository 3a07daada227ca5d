/** What the reader is saying about the timeline: one thing at a time, kept as refused where the server refuses it. */

import type { Problem } from '../lib/api'
import { asProblem } from '../lib/resource.svelte'
import { turns } from '../lib/turns'
import { said, takenBack, type Kept, type Saying } from './amend'

export class Amending {
  busy = $state(false)
  refused = $state.raw<Problem>()
  /** What was kept last, to be taken back; `words` say what it was. */
  last = $state.raw<{ kept: Kept; words: string } | null>(null)

  #inTurn = turns()
  #under = new Set<string>()

  constructor(
    readonly incident: string,
    readonly changed: () => void,
  ) {}

  /** Send it; null where it was refused. `words` name it for the one who may want it back. */
  async say(saying: Saying, words: string): Promise<Kept | null> {
    const kept = await this.#guarded(JSON.stringify(saying), () => said(this.incident, saying))
    if (kept) this.last = saying.part === 'toggles' ? null : { kept, words }
    return kept
  }

  async takeBack(decision: string): Promise<boolean> {
    const kept = await this.#guarded(decision, () => takenBack(this.incident, decision))
    if (kept) this.last = null
    return kept !== null
  }

  /** The same said twice before it is answered is meant once; anything else is said after it. */
  async #guarded(name: string, what: () => Promise<Kept>): Promise<Kept | null> {
    if (this.#under.has(name)) return null
    this.#under.add(name)
    this.busy = true
    this.refused = undefined
    try {
      const kept = await this.#inTurn(what)
      this.changed()
      return kept
    } catch (error) {
      this.refused = asProblem(error)
      return null
    } finally {
      this.#under.delete(name)
      this.busy = this.#under.size > 0
    }
  }
}
