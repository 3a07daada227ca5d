/** J and K in a list: which row is current, and the row scrolled into view. */

import { tick, untrack } from 'svelte'
import type { Key } from './keys.svelte'

export interface Rover {
  readonly at: number
  keys: Key[]
  set: (index: number) => void
}

/**
 * Keys for a list of `length()` rows; the current row carries `data-current`, `open` runs on Enter. While `isOld()` the
 * rows in view answer what was asked before: Enter then waits for those that were asked for.
 */
export function rover(length: () => number, open: (index: number) => void, isOld: () => boolean = () => false): Rover {
  let at = $state(0)
  let waits = $state(false)
  $effect(() => {
    if (!waits || isOld()) return
    waits = false
    untrack(() => length() > 0 && open(Math.min(at, length() - 1)))
  })
  const move = (by: number) => (): void => {
    waits = false // who moves on chooses anew
    at = Math.max(0, Math.min(length() - 1, at + by))
    void tick().then(() => document.querySelector('[data-current=true]')?.scrollIntoView({ block: 'nearest' }))
  }
  return {
    get at() {
      return Math.min(at, Math.max(length() - 1, 0))
    },
    set: (index) => (at = index),
    keys: [
      { key: 'j', does: 'next row', run: move(1) },
      { key: 'k', does: 'previous row', run: move(-1) },
      { key: 'Enter', does: 'open the row', run: () => (waits = true) },
    ],
  }
}
