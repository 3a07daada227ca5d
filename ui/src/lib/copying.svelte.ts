/** The clipboard: what was copied last, so that a page can say so. */

export const copied = $state({ text: '' })

/** Put `text` on the clipboard. */
export async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text)
  copied.text = text
}
