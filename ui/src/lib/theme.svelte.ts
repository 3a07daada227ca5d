/** Light or dark: the system's choice until a person chooses; the choice stays on this device. */

export type Theme = 'light' | 'dark'

const KEPT = 'secondstory.theme'
const system = matchMedia('(prefers-color-scheme: dark)')

export const theme = $state<{ now: Theme }>({ now: chosen() ?? ofSystem() })

/** Take the other one; choosing what the system has follows the system again. */
export function switchTheme(): void {
  theme.now = theme.now === 'dark' ? 'light' : 'dark'
  if (theme.now === ofSystem()) localStorage.removeItem(KEPT)
  else localStorage.setItem(KEPT, theme.now)
  apply()
}

function chosen(): Theme | null {
  const kept = localStorage.getItem(KEPT)
  return kept === 'light' || kept === 'dark' ? kept : null
}

function ofSystem(): Theme {
  return system.matches ? 'dark' : 'light'
}

function apply(): void {
  document.documentElement.dataset.theme = theme.now
}

system.addEventListener('change', () => {
  theme.now = chosen() ?? ofSystem()
  apply()
})
apply()
