/** How the plan of a meeting is said on its page. */

import type { Attendee, InvitationNow, Outcome, Prepared, Template } from './api'

export const TEMPLATES: Record<Template, string> = {
  '30': '30 min',
  '60': '60 min',
  '90': '90 min with a break before the actions',
  '60+30': '60 min, and 30 the next working day',
}
export const OUTCOMES: Record<Outcome, string> = { taken_in: 'Taken in', parked: 'Parked for the open discussion', not_now: 'Not now' }
export const LENGTHS = { short: '20 s', medium: '1 min', long: '2 min' } as const
export const ANSWERS: Record<Attendee['answer'], string> = { none: 'no answer yet', accepted: 'comes', declined: 'does not come' }
export const REACHED: Record<InvitationNow['recipients'][number]['reached'], string> = {
  due: 'goes out next',
  sent: 'has it',
  cancel: 'is told that it holds no longer',
  no_address: 'no address',
  no_part: 'may not read this incident',
}

/** "2 come, 1 does not, 3 have not answered". */
export function answered(prepared: Prepared): string {
  const invited = prepared.plan.attendees.filter((one) => one.is_in)
  const many = (what: Attendee['answer']): number => invited.filter((one) => one.answer === what).length
  const told = [
    [many('accepted'), 'comes', 'come'],
    [many('declined'), 'does not come', 'do not come'],
    [many('none'), 'has not answered', 'have not answered'],
  ] as const
  return told.flatMap(([n, one, several]) => (n ? [`${n} ${n === 1 ? one : several}`] : [])).join(', ')
}

/** What `+` and `-` set: a step up or down within the bounds; null where there is no step. */
export function stepped(box: { minutes: number; least: number; most: number }, by: number): number | null {
  const next = Math.min(box.most, Math.max(box.least, box.minutes + by))
  return next === box.minutes ? null : next
}

/** A time for an input of date and time, on the clock of this browser. */
export function forInput(at: string | null): string {
  if (!at) return ''
  const local = new Date(at)
  return new Date(local.getTime() - local.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
