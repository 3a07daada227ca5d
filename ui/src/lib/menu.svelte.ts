/** A button that opens a list: Escape closes it and gives the focus back, a press elsewhere closes it. */

export interface Menu {
  open: boolean
  root: HTMLElement | undefined
  button: HTMLButtonElement | undefined
  /** For `onkeydown` of the root. */
  key: (event: KeyboardEvent) => void
  /** For `onpointerdown` of the window. */
  elsewhere: (event: Event) => void
}

export function menu(): Menu {
  let open = $state(false)
  let root = $state<HTMLElement>()
  let button = $state<HTMLButtonElement>()
  return {
    get open() {
      return open
    },
    set open(now) {
      open = now
    },
    get root() {
      return root
    },
    set root(now) {
      root = now
    },
    get button() {
      return button
    },
    set button(now) {
      button = now
    },
    key(event) {
      if (event.key !== 'Escape' || !open) return
      event.preventDefault()
      event.stopPropagation()
      open = false
      button?.focus()
    },
    elsewhere(event) {
      if (open && !root?.contains(event.target as Node)) open = false
    },
  }
}
