/**
 * One page's end of the shared notes. Binary messages are y-protocols' own, text messages the server's: which meeting,
 * whether one may write, and how many of the updates sent by this connection are on disk.
 */

import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness'
import { readSyncStep1, readSyncStep2, readUpdate, writeSyncStep1, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import { wait } from '../../lib/following'
import { forget, keep, kept } from './kept'
import { BEFORE, tokens, type Standing } from './standing'

const SYNC = 0
const AWARENESS = 1
const STEP1 = 0
const STEP2 = 1
const GONE = 4403
const FULL = 4413
const TOO_LARGE = 1009
const KEEP_AFTER_MS = 1000
const CALM_MS = 400 // "saved" appears once nothing waited for so long; it never comes early

type Told =
  | { type: 'welcome' | 'rights'; meeting: number; may_write: boolean; you: string }
  | { type: 'saved'; count: number }
  | { type: 'trouble' }

interface Cursor {
  anchor: unknown
  head: unknown
}

export class Connection {
  readonly doc = new Y.Doc()
  readonly text = this.doc.getText('notes')
  readonly awareness = new Awareness(this.doc)
  standing: Standing = BEFORE
  private socket: WebSocket | undefined
  private meeting = 0
  private isSynced = false
  private sent = 0
  private tries = 0
  private retry = 0
  private keeping = 0
  private calming = 0
  private isOver = false
  private cursor: Cursor | null = null // also before one may show it

  /** `changed` is told of every new standing, `renew` that another meeting's notes are to be opened in place of these. */
  constructor(
    private readonly url: string,
    private readonly incident: string,
    private readonly changed: (standing: Standing) => void,
    private readonly renew: () => void,
  ) {
    this.awareness.setLocalState(null)
    this.doc.on('update', (update: Uint8Array, origin: unknown) => this.wrote(update, origin))
    this.awareness.on('update', (_changes: unknown, origin: unknown) => {
      if (origin === 'local') this.tellCursor()
      this.set({ writing: tokens(this.awareness.getStates().values()) })
    })
    addEventListener('offline', this.cutOff)
    addEventListener('online', this.hurry)
    this.connect()
  }

  destroy(): void {
    this.isOver = true
    removeEventListener('offline', this.cutOff)
    removeEventListener('online', this.hurry)
    for (const timer of [this.retry, this.keeping, this.calming]) clearTimeout(timer)
    if (this.standing.isWaiting) keep(this.incident, this.meeting, Y.encodeStateAsUpdate(this.doc))
    this.socket?.close()
    this.awareness.destroy()
    this.doc.destroy()
  }

  /** One's own cursor is shown to the others while the notes have the focus. */
  showCursor(cursor: Cursor | null): void {
    this.cursor = cursor
    this.awareness.setLocalState(cursor && this.standing.mayWrite ? { user: { name: this.standing.you }, cursor } : null)
  }

  private set(part: Partial<Standing>): void {
    if (this.isOver) return
    this.standing = { ...this.standing, ...part }
    this.changed(this.standing)
  }

  private connect(): void {
    const mine = new WebSocket(this.url)
    mine.binaryType = 'arraybuffer'
    this.socket = mine
    mine.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      if (this.socket !== mine || this.isOver) return
      if (typeof event.data === 'string') this.hear(JSON.parse(event.data) as Told)
      else this.take(new Uint8Array(event.data))
    }
    mine.onclose = (event) => {
      if (this.socket === mine && !this.isOver) this.lose(event.code)
    }
  }

  /** Without a network a link closes by itself only after minutes, and until then words would seem to be on their way. */
  private readonly cutOff = (): void => {
    const before = this.socket
    this.isSynced = false
    this.connect()
    before?.close()
  }

  private readonly hurry = (): void => {
    if (this.standing.link !== 'lost') return
    clearTimeout(this.retry)
    this.connect()
  }

  private hear(told: Told): void {
    if (told.type === 'trouble') this.set({ isTroubled: true })
    else if (told.type === 'saved') this.confirm(told.count)
    else if (told.type === 'rights') this.set({ mayWrite: told.may_write })
    else this.open(told.meeting, told.may_write, told.you)
  }

  private open(meeting: number, mayWrite: boolean, you: string): void {
    const isDropped = !mayWrite && this.standing.isWaiting
    if ((this.meeting && this.meeting !== meeting) || isDropped) {
      // Words that were written for another meeting, or that may not be written any more, must not flow in here.
      this.isOver = true
      if (isDropped) forget(this.incident, this.meeting)
      this.renew()
      return
    }
    const before = this.meeting ? undefined : kept(this.incident, meeting)
    this.meeting = meeting
    this.tries = 0
    this.sent = 0
    this.isSynced = false
    this.set({ link: 'on', mayWrite, you, isTroubled: false })
    if (before && mayWrite) Y.applyUpdate(this.doc, before, 'kept')
    this.post(SYNC, (encoder) => writeSyncStep1(encoder, this.doc))
    this.showCursor(this.cursor)
  }

  private take(data: Uint8Array): void {
    const decoder = createDecoder(data)
    if (readVarUint(decoder) === AWARENESS) {
      applyAwarenessUpdate(this.awareness, readVarUint8Array(decoder), this)
      return
    }
    const kind = readVarUint(decoder)
    if (kind === STEP1) {
      const answer = createEncoder()
      readSyncStep1(decoder, answer, this.doc)
      if (this.standing.mayWrite) this.send(SYNC, toUint8Array(answer))
      this.isSynced = true
      if (this.awareness.getLocalState()) this.tellCursor()
    } else if (kind === STEP2) readSyncStep2(decoder, this.doc, this)
    else readUpdate(decoder, this.doc, this)
  }

  private wrote(update: Uint8Array, origin: unknown): void {
    if (origin === this) return
    clearTimeout(this.calming)
    this.set({ isWaiting: true })
    if (!this.keeping) this.keeping = window.setTimeout(() => this.keepHere(), KEEP_AFTER_MS)
    // Before the server has asked for all that it lacks, what is written goes along with the answer.
    if (this.isSynced && this.standing.mayWrite) this.post(SYNC, (encoder) => writeUpdate(encoder, update))
  }

  private keepHere(): void {
    this.keeping = 0
    if (this.standing.isWaiting && this.meeting) keep(this.incident, this.meeting, Y.encodeStateAsUpdate(this.doc))
  }

  private confirm(count: number): void {
    if (count < this.sent) return
    clearTimeout(this.calming)
    this.calming = window.setTimeout(() => {
      forget(this.incident, this.meeting)
      this.set({ isWaiting: false, isTroubled: false })
    }, CALM_MS)
  }

  private tellCursor(): void {
    if (!this.isSynced) return
    const update = encodeAwarenessUpdate(this.awareness, [this.doc.clientID])
    const encoder = createEncoder()
    writeVarUint8Array(encoder, update)
    this.push(AWARENESS, toUint8Array(encoder))
  }

  private post(kind: number, write: (encoder: ReturnType<typeof createEncoder>) => void): void {
    const encoder = createEncoder()
    write(encoder)
    this.send(kind, toUint8Array(encoder))
  }

  private send(kind: number, body: Uint8Array): void {
    if (body[0] !== STEP1) this.sent += 1
    this.push(kind, body)
  }

  private push(kind: number, body: Uint8Array): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return
    const encoder = createEncoder()
    writeVarUint(encoder, kind)
    const head = toUint8Array(encoder)
    const whole = new Uint8Array(head.length + body.length)
    whole.set(head)
    whole.set(body, head.length)
    this.socket.send(whole)
  }

  private lose(code: number): void {
    this.isSynced = false
    clearTimeout(this.calming) // it was confirmed, but not told yet: it is asked for again
    const others = [...this.awareness.getStates().keys()].filter((client) => client !== this.doc.clientID)
    removeAwarenessStates(this.awareness, others, this)
    if (code === GONE || code === FULL || code === TOO_LARGE) {
      if (code === GONE && this.meeting) forget(this.incident, this.meeting)
      this.set({ link: 'shut', why: code === GONE ? 'gone' : 'full' })
      return
    }
    this.set({ link: this.meeting ? 'lost' : 'joining' })
    clearTimeout(this.retry)
    this.retry = window.setTimeout(() => this.connect(), wait((this.tries += 1)))
  }
}
