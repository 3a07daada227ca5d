/** Times in the incident's zone, with the zone's name beside them; intervals and durations in words. */

import type { Moment, Time, Window } from './types'

export const viewerZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The zone in which times are shown now: the incident's own, else the viewer's. */
export const zone = $state<{ shown: string }>({ shown: viewerZone })

const formats = new Map<string, Intl.DateTimeFormat>()

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone.shown} ${JSON.stringify(options)}`
  let made = formats.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat('en-GB', { timeZone: zone.shown, ...options })
    formats.set(key, made)
  }
  return made
}

/** "10:02", or "10:02:10" with seconds. Takes RFC 3339 or milliseconds since 1970. */
export function clock(time: Time | number, seconds = false): string {
  return format({ hour: '2-digit', minute: '2-digit', second: seconds ? '2-digit' : undefined, hourCycle: 'h23' }).format(
    new Date(time),
  )
}

/** "17 Nov", or "17 Nov 2026" with the year. */
export function day(time: Time | number, year = false): string {
  return format({ day: 'numeric', month: 'short', year: year ? 'numeric' : undefined }).format(new Date(time))
}

const DATE = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const

/**
 * "Fri 27 Nov" of a date without a time, which is the same in every zone, and "Fri 27 Nov 2027" of another year: people
 * check a day by its weekday.
 */
export function dated(date: string, now: Time | number = Date.now()): string {
  const same = date.slice(0, 4) === new Date(now).toISOString().slice(0, 4)
  const form = new Intl.DateTimeFormat('en-GB', { ...DATE, year: same ? undefined : 'numeric' })
  return form.format(new Date(`${date.slice(0, 10)}T00:00:00Z`)).replace(',', '')
}

/** "10:02–10:47", with the days where it crosses midnight. */
export function span(window: Window, seconds = false): string {
  const sameDay = day(window.start, true) === day(window.end, true)
  const end = `${sameDay ? '' : `${day(window.end)} `}${clock(window.end, seconds)}`
  return `${sameDay ? '' : `${day(window.start)} `}${clock(window.start, seconds)}–${end}`
}

/** A time that is known within bounds: "10:02:10 ±5 s", or the bare second where the doubt is under one. */
export function moment(when: Moment): string {
  const early = Date.parse(when.earliest)
  const late = Date.parse(when.latest)
  const half = (late - early) / 2000
  const middle = clock((early + late) / 2, true)
  return half < 0.5 ? middle : `${middle} ±${duration(half)}`
}

/** "46 s", "7 m 22 s", "2 h 06 m", "3 d 4 h" of seconds. */
export function duration(seconds: number): string {
  const sign = seconds < 0 ? '−' : ''
  const all = Math.abs(seconds)
  if (all < 10 && !Number.isInteger(all)) return `${sign}${all.toFixed(all < 1 ? 2 : 1)} s`
  const whole = Math.round(all)
  if (whole < 60) return `${sign}${whole} s`
  if (whole < 3600) return `${sign}${two(Math.floor(whole / 60), 'm', whole % 60, 's')}`
  if (whole < 86400) return `${sign}${two(Math.floor(whole / 3600), 'h', Math.floor((whole % 3600) / 60), 'm')}`
  return `${sign}${two(Math.floor(whole / 86400), 'd', Math.floor((whole % 86400) / 3600), 'h')}`
}

/** "46 s", "7 min 22 s", "2 h 06 min" of seconds, for sentences, where "m" would be read as metres. */
export function spoken(seconds: number): string {
  return duration(seconds).replace(/ m\b/, ' min')
}

/** "all times Europe/Berlin (UTC+1)", with the viewer's own zone where it differs. */
export function zoneNote(at: Time | number): string {
  const here = zone.shown === viewerZone ? '' : `; you are in ${viewerZone} (${offset(viewerZone, at)})`
  return `all times ${zone.shown} (${offset(zone.shown, at)})${here}`
}

/** "UTC+1" of a zone on a day. */
export function offset(name: string, at: Time | number): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: name, timeZoneName: 'shortOffset' }).formatToParts(new Date(at))
  return (parts.find((part) => part.type === 'timeZoneName')?.value ?? name).replace('GMT', 'UTC')
}

function two(big: number, bigUnit: string, small: number, smallUnit: string): string {
  if (small === 0) return `${big} ${bigUnit}`
  return `${big} ${bigUnit} ${String(small).padStart(2, '0')} ${smallUnit}`
}
