/**
 * Keeps the focus on a control that is disabled while the server answers. A browser takes it away and does not give it
 * back, so that who works by keyboard stands nowhere after each press.
 */

let left: HTMLElement | null = null

/** Watch the page from now on. */
export function keepFocus(root: HTMLElement): void {
  // What has the focus when it is disabled is still the active element in this moment; it is taken away when it is drawn.
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (!(target instanceof HTMLElement)) continue
      if (target.hasAttribute('disabled')) {
        if (target === document.activeElement) left = target
      } else if (target === left) giveBack(target)
    }
  }).observe(root, { subtree: true, attributeFilter: ['disabled'] })
  // Who went on meanwhile is not called back.
  root.addEventListener('focusin', (event) => {
    if (event.target !== left) left = null
  })
}

function giveBack(control: HTMLElement): void {
  left = null
  if (control.isConnected && document.activeElement === document.body) control.focus({ preventScroll: true })
}
