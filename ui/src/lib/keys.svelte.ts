/** The keyboard layer: pages register keys with words, `?` lists them; single letters rest while text has focus. */

import { onDestroy } from 'svelte'

export interface Key {
  /**
   * "j", "Enter", "ArrowLeft", "Shift+ArrowLeft", "Shift+e", "Ctrl+k", "+", or two steps as "g e". With "Alt+a" it works
   * while text has focus, too.
   */
  key: string
  does: string
  run: (event: KeyboardEvent) => void
  /** Shown in the help in place of `key`. */
  shown?: string
}

interface Layer {
  name: string
  keys: Key[]
}

const OFF = 'secondstory.letters-off'
const STEP_MS = 1200
/** Keys that walk a list, zoom or count: held down, they go on. */
const GOES_ON = new Set(['j', 'k', '+', '-'])

export const keyboard = $state<{ layers: Layer[]; help: boolean; lettersOff: boolean }>({
  layers: [],
  help: false,
  lettersOff: localStorage.getItem(OFF) === '1',
})

// Held outside the state: what goes in the same moment in which another comes is told the state as it was before.
let held: readonly Layer[] = []

/** Register keys while the calling component lives. Later layers win over earlier ones. */
export function useKeys(name: string, keys: Key[]): void {
  const mine: Layer = { name, keys }
  held = [...held, mine]
  keyboard.layers = [...held]
  onDestroy(() => {
    held = held.filter((one) => one !== mine)
    keyboard.layers = [...held]
  })
}

/** Single letters off or on, kept on this device. */
export function setLettersOff(off: boolean): void {
  keyboard.lettersOff = off
  localStorage.setItem(OFF, off ? '1' : '0')
}

/** "?" and "Ctrl K" as a reader writes them. */
export function shown(key: Key): string {
  const names: Record<string, string> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' }
  const one = (part: string): string => names[part] ?? (part.length === 1 ? part.toUpperCase() : part)
  return key.shown ?? key.key.split(/[ ]|(?<=.)\+(?=.)/).map(one).join(' ')
}

let first = ''
let firstAt = -STEP_MS

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const pressed = nameOf(event)
  // Under the help lies a page that cannot be seen to answer.
  if (keyboard.help && pressed !== '?' && pressed !== 'Escape') return
  // Under a dialog lies one, too; what is typed there is the dialog's.
  if (!keyboard.help && !event.ctrlKey && !event.metaKey && document.querySelector('dialog:modal')) return
  const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
  const target = event.target instanceof Element ? event.target : null
  if (isLetter && (keyboard.lettersOff || isText(target))) return
  // A letter that is held down is one press: else the whole agenda, or every raised hand, were gone in a second.
  if (event.repeat && isLetter && !GOES_ON.has(pressed)) return
  // What is typed is undone where it is typed.
  if (isText(target) && (pressed === 'Ctrl+z' || (pressed !== 'Escape' && !event.ctrlKey && !event.metaKey && !event.altKey))) return
  // Enter and Space belong to the button or link that has focus.
  if ((event.key === 'Enter' || event.key === ' ') && target?.closest('a,button,summary,[role=button],input')) return
  const pair = event.timeStamp - firstAt < STEP_MS ? `${first} ${pressed}` : ''
  const found = (pair && find(pair)) || (isLetter && event.shiftKey && find(`Shift+${pressed}`)) || find(pressed)
  first = pressed
  // Counted from when the page had answered it: who waits for a slow page has not taken that long between two keys.
  firstAt = found ? -STEP_MS : performance.now()
  if (!found) return
  event.preventDefault()
  found.run(event)
}

function find(wanted: string): Key | undefined {
  for (const layer of [...held].reverse()) {
    const key = layer.keys.find((one) => one.key === wanted)
    if (key) return key
  }
  return undefined
}

function nameOf(event: KeyboardEvent): string {
  // With Alt some keyboards type another character; the key itself is meant.
  const letter = event.altKey ? /^Key([A-Z])$/.exec(event.code)?.[1] : undefined
  const bare = letter?.toLowerCase() ?? (event.key.length === 1 ? event.key.toLowerCase() : event.key)
  // Shift is already in the character of a printed key: "?" is not "Shift+?".
  const parts = [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && event.key.length > 1 ? 'Shift' : '',
    bare,
  ]
  return parts.filter(Boolean).join('+')
}

function isText(element: Element | null): boolean {
  if (!element) return false
  if (element instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'range', 'file'].includes(element.type)
  return element.matches('textarea,select,[contenteditable]:not([contenteditable=false])')
}

addEventListener('keydown', onKey)
