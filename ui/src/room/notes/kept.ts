/** What was written in the notes and is not on the server's disk yet, in this browser: a reload must not lose it. */

const name = (incident: string, meeting: number): string => `notes:${incident}:${meeting}`

/** Keep the document's whole state. Where the browser has no room it stays on the page alone. */
export function keep(incident: string, meeting: number, state: Uint8Array): void {
  let text = ''
  for (const byte of state) text += String.fromCharCode(byte)
  try {
    localStorage.setItem(name(incident, meeting), btoa(text))
  } catch {
    // No room, or none is given to this page: the words are still in the editor.
  }
}

/** What was kept, if anything. */
export function kept(incident: string, meeting: number): Uint8Array | undefined {
  const text = localStorage.getItem(name(incident, meeting))
  if (!text) return undefined
  try {
    return Uint8Array.from(atob(text), (one) => one.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** It is on the server's disk, or belongs to nobody here any more. */
export function forget(incident: string, meeting: number): void {
  localStorage.removeItem(name(incident, meeting))
}
