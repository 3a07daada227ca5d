/** One thing at a time that a person does in the room; what was refused stays in view until it is put away. */

import type { Problem } from '../lib/api'
import { asProblem } from '../lib/resource.svelte'

const SLOW_MS = 400

export interface Acting {
  readonly refused: Problem | undefined
  /** Under way for so long that it is worth saying; a button that greys out for a blink only flickers. */
  readonly busy: boolean
  /** Wait for the answer; false where it was refused. */
  act: (what: Promise<unknown>) => Promise<boolean>
  close: () => void
}

export function acting(): Acting {
  let refused = $state.raw<Problem>()
  let busy = $state(false)
  let under = 0
  return {
    get refused() {
      return refused
    },
    get busy() {
      return busy
    },
    async act(what) {
      refused = undefined
      under += 1
      const timer = setTimeout(() => (busy = true), SLOW_MS)
      try {
        await what
        return true
      } catch (error) {
        refused = asProblem(error)
        return false
      } finally {
        clearTimeout(timer)
        under -= 1
        if (under === 0) busy = false
      }
    },
    close: () => (refused = undefined),
  }
}
