/** Stretches of the record in milliseconds since 1970 UTC, the ticks of an axis, and typed times. */

export interface Span {
  from: number
  to: number
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28].map((n) => n * DAY),
]

export interface Ticks {
  major: number[]
  minor: number[]
  /** Between two majors: it decides whether a label needs seconds or a day. */
  step: number
}

/** Round times inside `span` in a zone `offset` ahead of UTC, majors at least `apart` pixels from each other. */
export function ticks(span: Span, pixels: number, offset = 0, apart = 84): Ticks {
  const wanted = ((span.to - span.from) / Math.max(1, pixels)) * apart
  const step = STEPS.find((s) => s >= wanted) ?? Math.ceil(wanted / (28 * DAY)) * 28 * DAY
  const minor = multiples(span, step / 2, offset).filter((t) => (t + offset) % step !== 0)
  return { major: multiples(span, step, offset), minor, step }
}

function multiples(span: Span, step: number, offset: number): number[] {
  const found: number[] = []
  for (let t = Math.ceil((span.from + offset) / step) * step - offset; t <= span.to; t += step) found.push(t)
  return found
}

/** How far a zone is ahead of UTC at a moment. */
export function zoneOffset(zone: string, at: number): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' })
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? ''
  const match = /([+-])(\d{2}):(\d{2})/.exec(name)
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * HOUR + Number(match[3]) * MINUTE)
}

/** A typed time of day as the moment nearest to `near` in a zone `offset` ahead of UTC; null where it cannot be read. */
export function typedTime(text: string, near: number, offset = 0): number | null {
  const match = /^\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*$/.exec(text)
  if (!match) return null
  const [h, m, s] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)]
  if (h > 23 || m > 59 || s > 59) return null
  const base = Math.floor((near + offset) / DAY) * DAY - offset + h * HOUR + m * MINUTE + s * SECOND
  return [base - DAY, base, base + DAY].reduce((a, b) => (Math.abs(b - near) < Math.abs(a - near) ? b : a))
}
