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
      busy = true
      refused = undefined
      try {
        answered = await what
        into?.put(answered)
        return true
      } catch (error) {
        refused = asProblem(error)
        return false
      } finally {
        busy = false
      }
    },
    close: () => (refused = undefined),
  }
}
