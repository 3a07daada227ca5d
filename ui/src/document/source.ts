/** The source editor: CodeMirror with Markdown, our ink, and no keyboard trap. A chunk of its own, loaded to write. */

import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { markdown } from '@codemirror/lang-markdown'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState, RangeSetBuilder } from '@codemirror/state'
import { Decoration, EditorView, keymap, lineNumbers, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const NAMED = /\[@[^\]\s]+\]|^::[a-z]+\{[^}\n]*\}$/gm

const theme = EditorView.theme({
  '&': { height: '100%', background: 'var(--surface)', color: 'var(--ink)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: '12px/20px var(--mono)', fontVariantLigatures: 'none', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '12px 0' },
  '.cm-line': { padding: '0 14px 0 8px' },
  '.cm-gutters': { background: 'var(--bg)', color: 'var(--ink-3)', border: '0' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 6px 0 12px' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { background: 'var(--selected)' },
  '.cm-name': { background: 'var(--sunken)', borderRadius: '4px', border: '1px solid var(--line)' },
})

const ink = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '600' },
  { tag: tags.strong, fontWeight: '600' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.link, textDecoration: 'underline' },
])

function named(view: EditorView): DecorationSet {
  const found = new RangeSetBuilder<Decoration>()
  const mark = Decoration.mark({ class: 'cm-name' })
  for (const { from, to } of view.visibleRanges) {
    for (const hit of view.state.doc.sliceString(from, to).matchAll(NAMED)) found.add(from + hit.index, from + hit.index + hit[0].length, mark)
  }
  return found.finish()
}

const names = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = named(view)
    }
    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) this.decorations = named(update.view)
    }
  },
  { decorations: (plugin) => plugin.decorations },
)

export interface Source {
  /** Replace the whole text; one step back undoes it. */
  set: (text: string) => void
  /** Put words where the caret is. */
  insert: (words: string) => void
  focus: () => void
  destroy: () => void
}

/** Tab moves on to the next control and is never taken; Esc leaves the text for the button that saves it. */
export function source(parent: HTMLElement, text: string, label: string, changed: (text: string) => void, leave: () => void): Source {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        markdown(),
        syntaxHighlighting(ink),
        names,
        theme,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'true' }),
        keymap.of([
          { key: 'Escape', run: () => (leave(), true) },
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed(update.state.doc.toString())
        }),
      ],
    }),
  })
  return {
    set: (next) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } }),
    insert: (words) => view.dispatch(view.state.replaceSelection(words)),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  }
}
