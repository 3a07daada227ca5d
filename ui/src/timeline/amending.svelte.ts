/** What the reader is saying about the timeline: one thing at a time, kept as refused where the server refuses it. */

import type { Problem } from '../lib/api'
import { asProblem } from '../lib/resource.svelte'
import { said, takenBack, type Kept, type Saying } from './amend'

export class Amending {
  busy = $state(false)
  refused = $state.raw<Problem>()
  /** What was kept last, to be taken back; `words` say what it was. */
  last = $state.raw<{ kept: Kept; words: string } | null>(null)

  constructor(
    readonly incident: string,
    readonly changed: () => void,
  ) {}

  /** Send it; null where it was refused. `words` name it for the one who may want it back. */
  async say(saying: Saying, words: string): Promise<Kept | null> {
    const kept = await this.#guarded(() => said(this.incident, saying))
    if (kept) this.last = saying.part === 'toggles' ? null : { kept, words }
    return kept
  }

  async takeBack(decision: string): Promise<boolean> {
    const kept = await this.#guarded(() => takenBack(this.incident, decision))
    if (kept) this.last = null
    return kept !== null
  }

  async #guarded(what: () => Promise<Kept>): Promise<Kept | null> {
    if (this.busy) return null
    this.busy = true
    this.refused = undefined
    try {
      const kept = await what()
      this.changed()
      return kept
    } catch (error) {
      this.refused = asProblem(error)
      return null
    } finally {
      this.busy = false
    }
  }
}
