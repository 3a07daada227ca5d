/** Something asked of the server, with the states that a page has to show. */

import { untrack } from 'svelte'
import { Problem } from './api'

const SLOW_MS = 1000
const GIVEN_UP_S = 5 // as long as an answer that is under way may keep the next question waiting

export interface Resource<T> {
  readonly value: T | undefined
  readonly problem: Problem | undefined
  readonly loading: boolean
  /** Loading for more than a second: time to say what, how long, and to offer a way out. */
  readonly slow: boolean
  readonly waited_s: number
  reload: () => void
  /** Show what the server answered to a change made here: no older answer comes back into view after it. */
  put(newest: T): void
  cancel: () => void
}

/** Ask with `load`, and again when anything it reads changes; the last answer stays in view meanwhile. */
export function resource<T>(load: (signal: AbortSignal) => Promise<T>): Resource<T> {
  let value = $state.raw<T>()
  let problem = $state.raw<Problem>()
  let loading = $state(true)
  let waited_s = $state(0)
  let round = $state(0)
  let again = false
  let stop = new AbortController()

  $effect(() => {
    void round
    const mine = new AbortController()
    stop = mine
    again = false
    loading = true
    problem = undefined
    waited_s = 0
    const began = performance.now()
    const timer = setInterval(() => (waited_s = Math.floor((performance.now() - began) / 1000)), 250)
    load(mine.signal)
      .then((answer) => {
        if (!mine.signal.aborted) value = answer
      })
      .catch((error: unknown) => {
        if (!mine.signal.aborted) problem = asProblem(error)
      })
      .finally(() => {
        clearInterval(timer)
        if (stop !== mine) return
        loading = false
        if (again) round += 1
      })
    return () => {
      clearInterval(timer)
      mine.abort()
    }
  })

  return {
    get value() {
      return value
    },
    get problem() {
      return problem
    },
    get loading() {
      return loading
    },
    get slow() {
      return loading && waited_s * 1000 >= SLOW_MS
    },
    get waited_s() {
      return waited_s
    },
    // Each question that breaks off the one before would leave a page without an answer for as long as others write.
    reload: () => {
      if (untrack(() => loading && waited_s < GIVEN_UP_S)) again = true
      else round += 1
    },
    put: (newest) => {
      value = newest
      problem = undefined
      if (untrack(() => loading)) round += 1 // what is being loaded was asked for before the change
    },
    cancel: () => {
      again = false
      stop.abort()
      problem = new Problem(0, 'Stopped', 'You stopped this before it was there.', 'Ask again when you want it.')
      loading = false
    },
  }
}

/** Any failure as a Problem, so that each has a next step. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const told = error instanceof Error ? error.message : String(error)
  return new Problem(0, 'This page failed', told, 'Reload the page.')
}
