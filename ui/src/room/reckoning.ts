/** The clocks of the room: time spent and left in each box, the quiet mark, and what an overrun costs. Pure. */

import type { BoxNow, ClockNow } from './types'

/** `quiet` from 80 % of a box, `last` in its last minute, `over` after its end. */
export type Mark = '' | 'quiet' | 'last' | 'over'

export interface BoxState {
  box: BoxNow
  spent_s: number
  left_s: number
  /** 0 to 1 of its minutes. */
  share: number
  mark: Mark
  is_current: boolean
  /** Begun and left. */
  is_done: boolean
}

const QUIET = 0.8
const LAST_S = 60
export const STRETCH_MIN = 2

/** Every box as it stands at `now` (ms since 1970). */
export function boxStates(clock: ClockNow, now: number): BoxState[] {
  const at = clock.boxes.findIndex((box) => box.key === clock.current)
  return clock.boxes.map((box, i) => {
    const spent_s = secondsIn(clock, box, now)
    const planned_s = box.minutes * 60
    const is_current = box.key === clock.current && clock.state !== 'ended'
    const left_s = planned_s - spent_s
    return { box, spent_s, left_s, share: planned_s ? Math.min(1, spent_s / planned_s) : 1, mark: is_current ? markOf(spent_s, planned_s) : '', is_current, is_done: !is_current && (i < at || spent_s > 0) }
  })
}

/** Seconds spent in a box until `now`, without breaks. */
export function secondsIn(clock: ClockNow, box: BoxNow, now: number): number {
  const runs = box.key === clock.current && clock.state === 'live' && clock.since !== null
  return box.spent_s + (runs ? Math.max(0, (now - Date.parse(clock.since ?? '')) / 1000) : 0)
}

/** Seconds since the begin, breaks included, until `now` or the end. */
export function elapsed(clock: ClockNow, now: number): number {
  if (!clock.started_at) return 0
  return Math.max(0, ((clock.ended_at ? Date.parse(clock.ended_at) : now) - Date.parse(clock.started_at)) / 1000)
}

/** Minutes of the whole agenda. */
export function plannedMinutes(clock: ClockNow): number {
  return clock.boxes.reduce((sum, box) => sum + box.minutes, 0)
}

/** Seconds that the agenda still asks for: what is left of the current box and all that come after it. */
export function agendaLeft(states: readonly BoxState[]): number {
  const at = states.findIndex((one) => one.is_current)
  return states.slice(Math.max(0, at)).reduce((sum, one) => sum + Math.max(0, one.left_s), 0)
}

/**
 * The box that pays for more minutes in the current one: open discussion where it has them still to give, else the longest
 * of those to come. The close is never cut.
 */
export function payer(states: readonly BoxState[], minutes = STRETCH_MIN): BoxNow | null {
  const at = states.findIndex((one) => one.is_current)
  const left = states.slice(at + 1).map((one) => one.box).filter((box) => box.minutes > minutes && box.step !== 'closing')
  return left.find((box) => box.step === 'open discussion') ?? [...left].sort((a, b) => b.minutes - a.minutes)[0] ?? null
}

/** "23:40", "1:02:03"; what is past its end has a minus sign. */
export function mmss(seconds: number): string {
  const all = Math.floor(Math.abs(seconds))
  const [h, m, s] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60), all % 60]
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${seconds < 0 && all > 0 ? '−' : ''}${h ? `${h}:${two(m)}` : m}:${two(s)}`
}

/** "0:30 left", "12 min left", "1:20 over": seconds only where they decide. */
export function leftText(left_s: number): string {
  if (left_s < 0) return `${mmss(-left_s)} over`
  return left_s <= LAST_S * 2 ? `${mmss(left_s)} left` : `${Math.ceil(left_s / 60)} min left`
}

/** A whole clock for a reader: minutes alone, and the last minute by itself, so that it is not read out every second. */
export function spokenLeft(left_s: number): string {
  if (left_s < 0) return 'over its time'
  return left_s <= LAST_S ? 'less than a minute left' : `${Math.ceil(left_s / 60)} minutes left`
}

function markOf(spent_s: number, planned_s: number): Mark {
  if (planned_s - spent_s < 0) return 'over'
  if (planned_s - spent_s <= LAST_S) return 'last'
  return spent_s >= planned_s * QUIET ? 'quiet' : ''
}

/** How many a poll asks: those whose page has a vote, which is not the page of who leads, writes down or watches. */
export function voters(people: readonly { role: string | null }[]): number {
  return people.filter((one) => one.role === 'responder' || one.role === 'executive').length
}
