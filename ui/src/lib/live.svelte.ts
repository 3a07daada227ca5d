/** What others do in the incident in view while a page is open: their entries as they are saved, and who is there. */

import { onDestroy } from 'svelte'
import { address } from './api'
import { missed, touches, wait, type Change } from './following'
import { recognise } from './may.svelte'

export interface Present {
  actor: string
  page: string
}

type Told =
  | { type: 'welcome'; head: number; present: Present[]; you: string }
  | { type: 'changes'; changes: Change[] }
  | { type: 'presence'; present: Present[] }
  | { type: 'rights'; role: string }

/** `lost`: what others say does not arrive now; `back`: it does again, and nothing was missed. */
export const live = $state<{ state: 'off' | 'on' | 'lost' | 'back'; you: string; present: Present[] }>({
  state: 'off',
  you: '',
  present: [],
})

const GATHER_MS = 150
const SAY_LOST_MS = 1500
const SAY_BACK_MS = 6000

interface Follower {
  prefixes: readonly string[]
  kinds: readonly string[]
  reload: () => void
  timer: number
}

const followers = new Set<Follower>()
let socket: WebSocket | undefined
let incident = ''
let page = ''
let seen: number | null = null
let tries = 0
let retry = 0
let losing = 0
let calming = 0

/**
 * While the calling page lives: `reload()` soon after an entry of its incident on a subject that begins with one of
 * `prefixes`; comments count only where their kind is one of `kinds`.
 */
export function follow(prefixes: readonly string[], reload: () => void, kinds: readonly string[] = []): void {
  const one: Follower = { prefixes, kinds, reload, timer: 0 }
  followers.add(one)
  onDestroy(() => {
    clearTimeout(one.timer)
    followers.delete(one)
  })
}

/** Follow `id` from now on, as the page `name`; "" = none. */
export function watch(id: string, name: string): void {
  page = name
  if (id === incident) {
    tellPage()
    return
  }
  incident = id
  seen = null
  tries = 0
  stop()
  Object.assign(live, { state: 'off', present: [] })
  if (id) connect()
}

function stop(): void {
  for (const timer of [retry, losing, calming]) clearTimeout(timer)
  losing = 0
  const old = socket
  socket = undefined
  old?.close()
}

function connect(): void {
  const since = seen ?? Number.MAX_SAFE_INTEGER // a page that has just loaded knows all there is
  const url = new URL(`${address(`/incidents/${encodeURIComponent(incident)}/live`)}?since=${since}`, location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  const mine = new WebSocket(url)
  socket = mine
  mine.onmessage = (event: MessageEvent<string>) => {
    if (socket === mine) hear(JSON.parse(event.data) as Told)
  }
  mine.onclose = () => {
    if (socket === mine) lose()
  }
}

function hear(told: Told): void {
  if (told.type === 'presence') live.present = told.present
  else if (told.type === 'rights') void recognise()
  else if (told.type === 'changes') take(told.changes)
  else {
    if (missed(seen, told.head)) reloadAll()
    seen = seen === null ? told.head : Math.min(seen, told.head)
    tries = 0
    clearTimeout(losing)
    losing = 0
    calming = live.state === 'lost' ? window.setTimeout(() => (live.state = 'on'), SAY_BACK_MS) : 0
    Object.assign(live, { state: live.state === 'lost' ? 'back' : 'on', you: told.you, present: told.present })
    tellPage()
  }
}

function take(changes: Change[]): void {
  const fresh = changes.filter((one) => one.seq > (seen ?? 0))
  seen = fresh.at(-1)?.seq ?? seen
  for (const one of followers) {
    if (fresh.some((change) => touches(change, one.prefixes, one.kinds))) soon(one)
  }
}

function soon(one: Follower): void {
  // From the first change on: where somebody writes all the time the others are told all the same.
  one.timer ||= window.setTimeout(() => {
    one.timer = 0
    one.reload()
  }, GATHER_MS)
}

function reloadAll(): void {
  for (const one of followers) soon(one)
}

function lose(): void {
  live.present = []
  clearTimeout(calming)
  // A connection that is back at once is no news.
  if (!losing) losing = window.setTimeout(() => (live.state = 'lost'), SAY_LOST_MS)
  clearTimeout(retry)
  retry = window.setTimeout(connect, wait((tries += 1)))
}

function tellPage(): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ page }))
}
