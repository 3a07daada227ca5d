/**
 * The facilitator's rail in a live meeting: one socket that tells all of it whenever it has changed, and the acts on it.
 * Nothing of it is kept in this browser but whether it is hidden.
 */

import { address, get, send, type Problem } from './api'
import { rejoin } from './following'
import { turns } from './turns'
import type { CuesTaken, RailDoes, RailView, RailWords } from './types'

const HIDDEN = 'secondstory.rail-hidden'
const SHUT = 4403

/** `link`: "out" it was refused, and it is not tried again. `view` stays as it was while the link is lost. */
interface RailState {
  link: 'off' | 'joining' | 'on' | 'lost' | 'out'
  view: RailView | null
  hidden: boolean
  problem: Problem | null
}

export const rail = $state<RailState>({ link: 'off', view: null, hidden: sessionStorage.getItem(HIDDEN) === '1', problem: null })

let incident = ''
let socket: WebSocket | undefined
let tries = 0
let retry = 0
const inTurn = turns()
const under = new Set<string>()

/** Follow the rail of an incident until `closeRail`. */
export function openRail(id: string): void {
  if (id === incident && socket) return
  closeRail()
  incident = id
  rail.link = 'joining'
  connect()
}

/** Follow it no more, and keep nothing of it in memory. */
export function closeRail(): void {
  clearTimeout(retry)
  const old = socket
  socket = undefined
  old?.close()
  incident = ''
  Object.assign(rail, { link: 'off', view: null, problem: null })
}

/** Out of view, or back: before a screen is shared one key is enough. A reload leaves it hidden. */
export function hideRail(hidden: boolean): void {
  rail.hidden = hidden
  sessionStorage.setItem(HIDDEN, hidden ? '1' : '0')
}

/** Do something on it, for all who lead; true where it was done. */
export async function act(does: RailDoes): Promise<boolean> {
  // A key pressed twice is meant once; another key, pressed before the first is answered, is meant as well.
  const what = 'cue' in does ? `cue ${does.cue}` : does.act
  if (under.has(what)) return false
  under.add(what)
  const where = path('rail')
  try {
    take(await inTurn(() => send<RailView>('POST', where, { does })))
    rail.problem = null
    return true
  } catch (error) {
    rail.problem = error as Problem
    return false
  } finally {
    under.delete(what)
  }
}

/** A summary so far, and a paraphrase of what was just said. */
export function railWords(): Promise<RailWords> {
  return get<RailWords>(path('rail/words'))
}

/** Let the meeting hear captions, whole or as far as they are there; what was heard before is not heard twice. */
export function giveCaptions(text: string): Promise<CuesTaken> {
  return send<CuesTaken>('POST', path('captions'), { text })
}

function path(what: string): string {
  return `/incidents/${encodeURIComponent(incident)}/meeting/${what}`
}

/** The socket may bring what an answer has overtaken: a finding that was dealt with must not come back into view. */
function take(view: RailView): void {
  const before = rail.view
  if (before && view.is_live && view.number === before.number && view.seq < before.seq) return
  rail.view = view
}

function connect(): void {
  const url = new URL(address(path('rail')), location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  const mine = new WebSocket(url)
  socket = mine
  mine.onmessage = (event: MessageEvent<string>) => {
    if (socket !== mine) return
    tries = 0
    rail.link = 'on'
    take((JSON.parse(event.data) as { rail: RailView }).rail)
  }
  mine.onclose = (event) => {
    if (socket !== mine) return
    if (event.code === SHUT) {
      Object.assign(rail, { link: 'out', view: null })
      return
    }
    if (rail.link === 'on') rail.link = 'lost'
    clearTimeout(retry)
    retry = window.setTimeout(connect, rejoin((tries += 1), Math.random()))
  }
}
