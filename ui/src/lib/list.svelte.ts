/** J and K in a list: which row is current, and the row scrolled into view. */

import { tick } from 'svelte'
import type { Key } from './keys.svelte'

export interface Rover {
  readonly at: number
  keys: Key[]
  set: (index: number) => void
}

/** Keys for a list of `length()` rows; the current row carries `data-current`, `open` runs on Enter. */
export function rover(length: () => number, open: (index: number) => void): Rover {
  let at = $state(0)
  const move = (by: number) => (): void => {
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
      { key: 'Enter', does: 'open the row', run: () => length() > 0 && open(at) },
    ],
  }
}
