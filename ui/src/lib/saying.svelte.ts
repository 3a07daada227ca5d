/** What a person says to the server, one thing at a time; what it refuses is kept to be shown as refused. */

import type { Problem } from './api'
import { asProblem, type Resource } from './resource.svelte'

export interface Saying<T> {
  /** What the server answered last; nothing is shown as saved before it is. */
  readonly answered: T | undefined
  readonly refused: Problem | undefined
  readonly busy: boolean
  /** Wait for the answer; false where it was refused. */
  say: (what: Promise<T>) => Promise<boolean>
  /** Put away what was refused. */
  close: () => void
}

/** `into`: what each answer is the newest state of. */
export function saying<T>(into?: Resource<T>): Saying<T> {
  let answered = $state.raw<T>()
  let refused = $state.raw<Problem>()
  let busy = $state(false)
  let asked = 0
  let newest = 0
  let under = 0
  return {
    get answered() {
      return answered
    },
    get refused() {
      return refused
    },
    get busy() {
      return busy
    },
    async say(what) {
      const mine = (asked += 1)
      under += 1
      busy = true
      refused = undefined
      try {
        const answer = await what
        // Of two answers the one to what was said last holds, whichever comes first.
        if (mine > newest) {
          newest = mine
          answered = answer
          into?.put(answer)
        }
        return true
      } catch (error) {
        refused = asProblem(error)
        return false
      } finally {
        under -= 1
        busy = under > 0
      }
    },
    close: () => (refused = undefined),
  }
}
