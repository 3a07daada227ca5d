/** Which evidence or gap the side panel shows. */

export const panel = $state<{ key: string }>({ key: '' })

let opener: Element | null = null

/** Show the evidence (id or label) or the gap (key or label) beside the page. */
export function openEvidence(key: string): void {
  if (!panel.key) opener = document.activeElement
  panel.key = key
}

/** Close the panel; focus goes back to what opened it. */
export function closeEvidence(): void {
  panel.key = ''
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
  opener = null
}
