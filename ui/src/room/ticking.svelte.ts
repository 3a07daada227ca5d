/** The time that clocks show, by the server, twice a second; and which clocks a reader has put away on this device. */

import { onDestroy } from 'svelte'

const KEPT = 'secondstory.clocks-off'
const TICK_MS = 500

export type ClockName = 'meeting' | 'agenda' | 'deadline'

export const hidden = $state<{ clocks: ClockName[] }>({ clocks: kept() })

/** Put a clock away, or back. */
export function switchClock(name: ClockName): void {
  hidden.clocks = hidden.clocks.includes(name) ? hidden.clocks.filter((one) => one !== name) : [...hidden.clocks, name]
  localStorage.setItem(KEPT, hidden.clocks.join(' '))
}

/** The time as the server has it; `ahead` is how many ms its clock is ahead of this one's. While the caller lives. */
export function ticking(ahead: () => number): { readonly now: number } {
  let here = $state(Date.now())
  const timer = setInterval(() => (here = Date.now()), TICK_MS)
  onDestroy(() => clearInterval(timer))
  return {
    get now() {
      return here + ahead()
    },
  }
}

function kept(): ClockName[] {
  const names: readonly ClockName[] = ['meeting', 'agenda', 'deadline']
  const told = (localStorage.getItem(KEPT) ?? '').split(' ')
  return names.filter((name) => told.includes(name))
}
