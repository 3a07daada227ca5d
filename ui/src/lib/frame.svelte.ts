/** Whether the page in view takes the whole window, so that the frame leaves out its bars. */

import { onDestroy } from 'svelte'

export const frame = $state<{ isBare: boolean }>({ isBare: false })

/** The calling component has the window for itself while it lives. */
export function takeWindow(): void {
  frame.isBare = true
  onDestroy(() => (frame.isBare = false))
}
