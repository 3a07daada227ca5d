/** The editor of the shared notes, a chunk of its own: CodeMirror bound to the Yjs text, with no keyboard trap. */

import { defaultKeymap } from '@codemirror/commands'
import { markdown } from '@codemirror/lang-markdown'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { Compartment, EditorState, RangeSetBuilder, type Transaction } from '@codemirror/state'
import { Decoration, EditorView, keymap, placeholder, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { yCollab, ySyncAnnotation, yUndoManagerKeymap } from 'y-codemirror.next'
import { UndoManager } from 'yjs'
import { Connection } from './connection'
import { cursors } from './cursors'
import { BEFORE, type Standing } from './standing'

export const MOST_LETTERS = 80_000
const CHIP = /\b[EG]\d{1,4}\b/g

const theme = EditorView.theme({
  '&': { height: '100%', background: 'transparent', color: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' }, // the text inside it has the focus, and draws it
  '.cm-content:focus-visible': { outline: '2px solid var(--ink)', outlineOffset: '-2px', borderRadius: '10px' },
  '.cm-scroller': { font: '13px/23px var(--sans)', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '14px 0 8px' },
  '.cm-line': { padding: '0 14px' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-placeholder': { color: 'var(--ink-3)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { background: 'var(--selected)' },
  '.cm-chip': { font: '500 11px/16px var(--mono)', padding: '1px 5px', background: 'var(--sunken)', borderRadius: '4px', border: '1px solid var(--line)', cursor: 'pointer' },
})

const ink = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '600' },
  { tag: tags.strong, fontWeight: '600' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.processingInstruction, color: 'var(--ink-3)' },
  { tag: tags.link, textDecoration: 'underline' },
])

function chipped(view: EditorView): DecorationSet {
  const found = new RangeSetBuilder<Decoration>()
  for (const { from, to } of view.visibleRanges) {
    for (const hit of view.state.doc.sliceString(from, to).matchAll(CHIP)) {
      found.add(from + hit.index, from + hit.index + hit[0].length, Decoration.mark({ class: 'cm-chip', attributes: { title: `Open ${hit[0]}` } }))
    }
  }
  return found.finish()
}

function chips(open: (id: string) => void) {
  const plugin = ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      constructor(view: EditorView) {
        this.decorations = chipped(view)
      }
      update(update: ViewUpdate): void {
        if (update.docChanged || update.viewportChanged) this.decorations = chipped(update.view)
      }
    },
    { decorations: (one) => one.decorations },
  )
  const click = EditorView.domEventHandlers({
    click: (event) => {
      const chip = event.target instanceof Element ? event.target.closest('.cm-chip') : null
      if (chip?.textContent) open(chip.textContent)
      return false
    },
  })
  return [plugin, click]
}

/** Opens the evidence whose chip the caret touches. */
function openHere(view: EditorView, open: (id: string) => void): boolean {
  const { head } = view.state.selection.main
  const line = view.state.doc.lineAt(head)
  const hit = [...line.text.matchAll(CHIP)].find((one) => line.from + one.index <= head && head <= line.from + one.index + one[0].length)
  if (hit) open(hit[0])
  return hit !== undefined
}

/** What others wrote is always taken; one's own only while all of it still fits into one message to the server. */
function fits(change: Transaction): boolean {
  const { length } = change.newDoc
  return length <= MOST_LETTERS || length < change.startState.doc.length || change.annotation(ySyncAnnotation) !== undefined
}

export interface Page {
  url: string
  incident: string
  label: string
  readonly: boolean
  changed: (standing: Standing) => void
  /** Other notes are to be opened in place of these: the next meeting's, or the same without what may not be kept. */
  renew: () => void
  open: (id: string) => void
  /** Esc: the focus leaves the text. */
  leave: () => void
}

export interface Opened {
  focus: () => void
  insert: (words: string) => void
  destroy: () => void
}

/** Open the notes in `parent`. Tab is never taken, Esc leaves the text. */
export function openNotes(parent: HTMLElement, page: Page): Opened {
  const writable = new Compartment()
  // Also before the notes are open: what is typed then goes out with them, where it would go nowhere.
  const mayWrite = (standing: Standing): boolean => (standing.mayWrite || standing.link === 'joining') && !page.readonly && standing.link !== 'shut'
  const access = (yes: boolean) => [EditorState.readOnly.of(!yes), EditorView.editable.of(yes), EditorView.contentAttributes.of(yes ? {} : { tabindex: '0' })]
  let view: EditorView | undefined
  let could = mayWrite(BEFORE)
  const connection = new Connection(
    page.url,
    page.incident,
    (standing) => {
      page.changed(standing)
      if (mayWrite(standing) === could) return
      could = !could
      view?.dispatch({ effects: writable.reconfigure(access(could)) })
    },
    page.renew,
  )
  const undoManager = new UndoManager(connection.text) // takes back one's own words alone
  view = new EditorView({
    parent,
    state: EditorState.create({
      doc: connection.text.toString(),
      extensions: [
        yCollab(connection.text, null, { undoManager }),
        cursors(connection.awareness, connection.text, (cursor) => connection.showCursor(cursor)),
        markdown(),
        syntaxHighlighting(ink),
        chips(page.open),
        theme,
        EditorView.lineWrapping,
        placeholder(page.readonly ? 'Nothing is written yet.' : 'Write here. E07 cites evidence; a line that begins with ## is a heading.'),
        EditorView.contentAttributes.of({ 'aria-label': page.label, spellcheck: 'true' }),
        EditorState.changeFilter.of(fits),
        writable.of(access(could)),
        keymap.of([{ key: 'Escape', run: () => (page.leave(), true) }, { key: 'Mod-Enter', run: (one) => openHere(one, page.open) }, ...yUndoManagerKeymap, ...defaultKeymap]),
      ],
    }),
  })
  return {
    focus: () => view?.focus(),
    insert: (words) => could && view?.dispatch(view.state.replaceSelection(words)),
    destroy: () => {
      view?.destroy()
      undoManager.destroy()
      connection.destroy()
    },
  }
}
