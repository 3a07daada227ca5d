/** The clipboard: what came of the last copy, in words that a page can show. */

const SHOWN_MS = 4000

export const copied = $state({ told: '' })

let fading: ReturnType<typeof setTimeout> | undefined

/** Put `text` on the clipboard, and tell for a moment that it is there; that it is not stays until the next try. */
export async function copy(text: string): Promise<void> {
  clearTimeout(fading)
  copied.told = ''
  try {
    await navigator.clipboard.writeText(text)
    copied.told = 'Copied.'
    fading = setTimeout(() => (copied.told = ''), SHOWN_MS)
  } catch {
    copied.told = 'Not copied: this browser does not allow it here. Select the words and copy them by hand.'
  }
}
