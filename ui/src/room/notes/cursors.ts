/** Where the others are in the notes: a stroke with its token, and what they have selected. Theirs are in one hue, told apart by name. */

import { RangeSetBuilder, Annotation } from '@codemirror/state'
import { Decoration, EditorView, ViewPlugin, WidgetType, type DecorationSet, type ViewUpdate } from '@codemirror/view'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'

const moved = Annotation.define<true>()

class Caret extends WidgetType {
  constructor(
    readonly token: string,
    readonly isAtEnd: boolean,
  ) {
    super()
  }
  override eq(other: Caret): boolean {
    return other.token === this.token && other.isAtEnd === this.isAtEnd
  }
  override toDOM(): HTMLElement {
    const caret = document.createElement('span')
    caret.className = this.isAtEnd ? 'cm-other at-end' : 'cm-other'
    caret.setAttribute('aria-hidden', 'true')
    caret.dataset.token = this.token // drawn by the style, so that it is no part of the text
    return caret
  }
  override ignoreEvent(): boolean {
    return true
  }
}

interface Place {
  from: number
  to: number
  head: number
  token: string
}

function places(awareness: Awareness, text: Y.Text): Place[] {
  const found: Place[] = []
  for (const [client, state] of awareness.getStates()) {
    const { user, cursor } = state as { user?: { name?: string }; cursor?: { anchor: Y.RelativePosition; head: Y.RelativePosition } | null }
    if (client === awareness.clientID || !cursor || !user?.name || !text.doc) continue
    const anchor = Y.createAbsolutePositionFromRelativePosition(cursor.anchor, text.doc)
    const head = Y.createAbsolutePositionFromRelativePosition(cursor.head, text.doc)
    if (anchor?.type !== text || head?.type !== text) continue
    found.push({ from: Math.min(anchor.index, head.index), to: Math.max(anchor.index, head.index), head: head.index, token: user.name })
  }
  return found
}

function drawn(view: EditorView, awareness: Awareness, text: Y.Text): DecorationSet {
  const doc = view.state.doc
  const marks: { from: number; to: number; what: Decoration }[] = []
  for (const one of places(awareness, text)) {
    if (one.to > doc.length) continue // the text is a step behind; it is drawn again at once
    if (one.to > one.from) marks.push({ from: one.from, to: one.to, what: Decoration.mark({ class: 'cm-their-selection' }) })
    const isAtEnd = doc.lineAt(one.head).to === one.head
    marks.push({ from: one.head, to: one.head, what: Decoration.widget({ widget: new Caret(one.token, isAtEnd), side: 1 }) })
  }
  marks.sort((a, b) => a.from - b.from || a.what.startSide - b.what.startSide)
  const built = new RangeSetBuilder<Decoration>()
  for (const one of marks) built.add(one.from, one.to, one.what)
  return built.finish()
}

const look = EditorView.theme({
  '.cm-other': { position: 'relative', borderLeft: '2px solid var(--human-fill)', marginLeft: '-1px', marginRight: '-1px' },
  '.cm-other::after': { content: 'attr(data-token)', position: 'absolute', left: '-2px', bottom: '100%', padding: '0 4px', borderRadius: '4px', background: 'var(--human-tint)', color: 'var(--human)', font: '600 11px/15px var(--sans)', whiteSpace: 'nowrap', pointerEvents: 'none', zIndex: '2' },
  '.cm-other.at-end::after': { left: '2px', bottom: 'auto', top: '1px' },
  '.cm-their-selection': { background: 'var(--human-tint)' },
})

/** Shows the others' cursors, and tells where one's own is. */
export function cursors(awareness: Awareness, text: Y.Text, tell: (cursor: { anchor: unknown; head: unknown } | null) => void) {
  const plugin = ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      private told = ''
      private readonly listen: () => void
      constructor(private readonly view: EditorView) {
        this.decorations = drawn(view, awareness, text)
        this.listen = () => view.dispatch({ annotations: moved.of(true) })
        awareness.on('change', this.heard)
      }
      private readonly heard = (changes: { added: number[]; updated: number[]; removed: number[] }): void => {
        if ([...changes.added, ...changes.updated, ...changes.removed].some((client) => client !== awareness.clientID)) this.listen()
      }
      update(update: ViewUpdate): void {
        if (update.docChanged || update.transactions.some((one) => one.annotation(moved))) this.decorations = drawn(this.view, awareness, text)
        if (update.docChanged || update.selectionSet || update.focusChanged) this.tellOwn()
      }
      private tellOwn(): void {
        const { anchor, head } = this.view.state.selection.main
        const cursor = this.view.hasFocus ? { anchor: Y.createRelativePositionFromTypeIndex(text, anchor), head: Y.createRelativePositionFromTypeIndex(text, head) } : null
        const words = JSON.stringify(cursor)
        if (words === this.told) return
        this.told = words
        tell(cursor)
      }
      destroy(): void {
        awareness.off('change', this.heard)
        tell(null)
      }
    },
    { decorations: (one) => one.decorations },
  )
  return [plugin, look]
}
