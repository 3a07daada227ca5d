/**
 * The live room of the incident's meeting: one socket, whose parts are assigned as they come, and the two ways to act in it.
 * There is no reducer here: the server tells each part anew when it has changed, and all parts when a page comes back.
 */

import { Problem, address, get, send } from './api'
import { rejoin } from './following'
import { recognise } from './may.svelte'
import { turns } from './turns'
import type { Led, RoomDone, RoomParts, RoomSeen, Said } from './types'

type Told =
  | {
      type: 'welcome'
      number: number
      seq: number
      now: string
      you: string
      role: string
      leads: boolean
      here: string[]
      catch_up: string[]
      parts: RoomParts
    }
  | { type: 'room'; number: number; seq: number; now: string; parts: Partial<RoomParts> }
  | { type: 'here'; people: string[] }
  | { type: 'rights'; role: string; leads: boolean }

/**
 * `link`: "off" no room is watched; "joining" the first time; "on"; "lost" nothing arrives now, and it is tried again;
 * "back" it does again, and nothing was missed; "out" it was refused (`problem` says why), and it is not tried again.
 * `parts` is null until the first welcome, and stays as it was while the link is lost.
 */
interface RoomState {
  link: 'off' | 'joining' | 'on' | 'lost' | 'back' | 'out'
  incident: string
  number: number
  seq: number
  you: string
  role: string
  leads: boolean
  here: string[]
  catchUp: string[]
  /** When it was so, by the server's clock. */
  catchUpAt: string
  parts: RoomParts | null
  problem: Problem | null
}

const EMPTY: RoomState = {
  link: 'off',
  incident: '',
  number: 0,
  seq: 0,
  you: '',
  role: '',
  leads: false,
  here: [],
  catchUp: [],
  catchUpAt: '',
  parts: null,
  problem: null,
}

export const room = $state<RoomState>({ ...EMPTY })

const SAY_LOST_MS = 1500
const SAY_BACK_MS = 6000
const ASLEEP_MS = 15_000
/** Waits between the tries of an act that got no answer, though the link seems to be there. */
const AGAIN_MS = [300, 700, 1500, 2500, 4000]
/** Nothing came, or what stands in front of the server had nothing from it. */
const NO_ANSWER = [0, 502, 504]
const SHUT = 4403

const inTurn = turns()
let socket: WebSocket | undefined
let tries = 0
let retry = 0
let losing = 0
let calming = 0
let ahead = 0 // milliseconds that the server's clock is ahead of this one
let hiddenAt = 0

/** Watch the room of an incident until `leaveRoom`. */
export function enterRoom(incident: string): void {
  if (room.incident === incident && room.link !== 'off' && room.link !== 'out') return
  leaveRoom()
  Object.assign(room, { ...EMPTY, incident, link: 'joining' })
  addEventListener('online', hurry)
  addEventListener('offline', connect) // which fails at once; a link without a network closes by itself only after minutes
  globalThis.document.addEventListener('visibilitychange', wake)
  connect()
}

/** Watch no more. */
export function leaveRoom(): void {
  removeEventListener('online', hurry)
  removeEventListener('offline', connect)
  globalThis.document.removeEventListener('visibilitychange', wake)
  drop()
  Object.assign(room, EMPTY)
}

/** The server's time now, in milliseconds; clocks of the room count by it. */
export function roomNow(): number {
  return Date.now() + ahead
}

/** Do what everybody in the room may do, after what one did before. */
export function say(act: Said): Promise<RoomDone> {
  return insist(`${path(room.incident)}/said`, act)
}

/** Do what who leads may do, after what one did before. */
export function lead(act: Led): Promise<RoomDone> {
  return insist(`${path(room.incident)}/led`, act)
}

/** Send it in its turn, and again where no answer comes, until the link is back: each thing counts once, by its own name. */
export function insist<T>(where: string, body: unknown): Promise<T> {
  return inTurn(() => again(where, body))
}

/** Begin the next meeting as it was planned. */
export function startMeeting(): Promise<RoomDone> {
  return send('POST', `${path(room.incident)}/start`, {})
}

/** End the meeting. */
export function endMeeting(): Promise<RoomDone> {
  return send('POST', `${path(room.incident)}/end`)
}

/** What somebody who comes late should know, as it is now. */
export async function lookBack(): Promise<void> {
  const seen = await get<RoomSeen>(`${path(room.incident)}/room`)
  Object.assign(room, { catchUp: seen.catch_up, catchUpAt: seen.now })
}

/** A name for a message, a poll or a capture, so that what is sent twice is there once. */
export function newId(): string {
  return crypto.randomUUID()
}

async function again<T>(where: string, body: unknown): Promise<T> {
  const { incident } = room
  let tries = 0
  for (;;) {
    try {
      return await send<T>('POST', where, body)
    } catch (error) {
      const isUnanswered = error instanceof Problem && NO_ANSWER.includes(error.status)
      if (!isUnanswered || tries >= AGAIN_MS.length || room.incident !== incident || room.link === 'out') throw error
    }
    await new Promise((done) => setTimeout(done, AGAIN_MS[tries]))
    // While the link is lost nothing is given up, however long a server takes to be back: it goes out then.
    if (room.link !== 'lost') tries += 1
  }
}

function path(incident: string): string {
  return `/incidents/${encodeURIComponent(incident)}/meeting`
}

function connect(): void {
  clearTimeout(retry)
  const url = new URL(`${address(path(room.incident))}/room`, location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  const mine = new WebSocket(url)
  let opened = false
  const before = socket
  socket = mine
  before?.close()
  mine.onopen = () => (opened = true)
  mine.onmessage = (event: MessageEvent<string>) => {
    if (socket === mine) hear(JSON.parse(event.data) as Told)
  }
  mine.onclose = (event) => {
    if (socket !== mine) return
    if (event.code === SHUT) void shutOut()
    else lose(opened)
  }
}

function drop(): void {
  for (const timer of [retry, losing, calming]) clearTimeout(timer)
  losing = 0
  tries = 0
  const old = socket
  socket = undefined
  old?.close()
}

function hear(told: Told): void {
  if (told.type === 'here') room.here = told.people
  else if (told.type === 'rights') {
    Object.assign(room, { role: told.role, leads: told.leads })
    void recognise()
  } else {
    ahead = Date.parse(told.now) - Date.now()
    Object.assign(room, { number: told.number, seq: told.seq })
    if (told.type === 'room') Object.assign(room.parts ?? {}, told.parts)
    else arrive(told)
  }
}

function arrive(told: Extract<Told, { type: 'welcome' }>): void {
  tries = 0
  clearTimeout(losing)
  losing = 0
  const wasLost = room.link === 'lost'
  if (wasLost) calming = window.setTimeout(() => (room.link = 'on'), SAY_BACK_MS)
  Object.assign(room, {
    link: wasLost ? 'back' : 'on',
    you: told.you,
    role: told.role,
    leads: told.leads,
    here: told.here,
    catchUp: told.catch_up,
    catchUpAt: told.now,
    parts: told.parts,
    problem: null,
  })
}

function lose(wasOpen: boolean): void {
  clearTimeout(calming)
  room.here = []
  // A link that is back at once is no news.
  if (!losing) losing = window.setTimeout(() => (room.link = 'lost'), SAY_LOST_MS)
  clearTimeout(retry)
  retry = window.setTimeout(connect, rejoin((tries += 1), Math.random()))
  if (!wasOpen) void shutOut()
}

/** A browser is not told why a socket was refused; the same asked as a page is. */
async function shutOut(): Promise<void> {
  const incident = room.incident
  const problem = await get<RoomSeen>(`${path(incident)}/room`).then(
    () => null,
    (error: unknown) => (error instanceof Problem && [401, 403, 404].includes(error.status) ? error : null),
  )
  if (problem === null || room.incident !== incident) return
  drop()
  Object.assign(room, { link: 'out', problem, parts: null, here: [] })
}

function hurry(): void {
  if (socket && socket.readyState !== WebSocket.OPEN) connect()
}

/** A phone that slept may hold a link that is long dead. */
function wake(): void {
  if (globalThis.document.visibilityState === 'hidden') hiddenAt = Date.now()
  else if (hiddenAt && Date.now() - hiddenAt > ASLEEP_MS && socket) connect()
}
