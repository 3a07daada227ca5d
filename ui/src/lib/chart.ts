/** The geometry of a signal: line broken by missing data, the part outside its band, hatch where nothing is known. */

export interface Sample {
  at: number
  value: number | null
}

export interface Scale {
  x: (at: number) => number
  y: (value: number) => number
}

export interface Drawn {
  line: string
  outside: string
  fill: string
  missing: { x: number; width: number }[]
}

/** Time in milliseconds to x, value to y; `pad` px stay free above and below. */
export function scale(from: number, to: number, low: number, high: number, size: { width: number; height: number }, pad = 2): Scale {
  const wide = Math.max(to - from, 1)
  const tall = Math.max(high - low, Number.MIN_VALUE)
  return {
    x: (at) => ((at - from) / wide) * size.width,
    y: (value) => pad + (size.height - 2 * pad) * (1 - (value - low) / tall),
  }
}

/** The lowest and highest of samples, band and limit; zero is in view unless all lie far above it. */
export function extent(samples: readonly Sample[], more: readonly (number | null | undefined)[]): [number, number] {
  const known = [...samples.map((one) => one.value), ...more].filter((one): one is number => typeof one === 'number')
  if (known.length === 0) return [0, 1]
  const low = Math.min(...known)
  const high = Math.max(...known)
  const bottom = low > 0 && low > high * 0.6 ? low - (high - low) * 0.2 : Math.min(low, 0)
  return high === bottom ? [bottom, bottom + 1] : [bottom, high + (high - bottom) * 0.06]
}

/** Paths for samples in order of time; a null, or a step more than `step` ms long, breaks the line. */
export function draw(samples: readonly Sample[], to: Scale, band: { low: number; high: number } | null, step: number): Drawn {
  let line = ''
  let outside = ''
  let fill = ''
  const missing: { x: number; width: number }[] = []
  let last: { at: number; value: number } | null = null
  let hole: number | null = null
  for (const { at, value } of samples) {
    if (value === null) {
      hole ??= last?.at ?? at
      last = null
      continue
    }
    if (hole === null && last && at - last.at > step * 2.5) hole = last.at
    if (hole !== null) {
      missing.push({ x: to.x(hole), width: Math.max(to.x(at) - to.x(hole), 1) })
      hole = null
      last = null
    }
    line += `${last ? 'L' : 'M'}${point(to, at, value)}`
    if (band && last) {
      const [part, area] = beyond(to, band, last, { at, value })
      outside += part
      fill += area
    }
    last = { at, value }
  }
  const end = samples[samples.length - 1]
  if (hole !== null && end) missing.push({ x: to.x(hole), width: Math.max(to.x(end.at) - to.x(hole), 1) })
  return { line, outside, fill, missing }
}

function beyond(
  to: Scale,
  band: { low: number; high: number },
  a: { at: number; value: number },
  b: { at: number; value: number },
): [string, string] {
  const isOut = (value: number): boolean => value > band.high || value < band.low
  if (!isOut(a.value) && !isOut(b.value)) return ['', '']
  const edge = Math.max(a.value, b.value) > band.high ? band.high : band.low
  const clip = (value: number): number => (edge === band.high ? Math.max(value, edge) : Math.min(value, edge))
  const area = `M${point(to, a.at, clip(a.value))}L${point(to, b.at, clip(b.value))}L${point(to, b.at, edge)}L${point(to, a.at, edge)}Z`
  return [`M${point(to, a.at, a.value)}L${point(to, b.at, b.value)}`, area]
}

function point(to: Scale, at: number, value: number): string {
  return `${to.x(at).toFixed(1)} ${to.y(value).toFixed(1)}`
}

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400]

/** Round times between `from` and `to` (ms), at most `most` of them. */
export function timeTicks(from: number, to: number, most: number): number[] {
  const by = (STEPS_S.find((step) => (to - from) / (step * 1000) <= most) ?? 86_400) * 1000
  const first = Math.ceil(from / by) * by
  return Array.from({ length: Math.max(0, Math.floor((to - first) / by) + 1) }, (_, i) => first + i * by)
}

const MARK = 11
const RANK = ['alert', 'change', 'deviation', 'decision', 'milestone']

/** Marks that keep their distance in pixels: where several meet, the weightiest stands for the rest, which it counts. */
export function spread<T extends { x: number; kind: string }>(marks: readonly T[]): (T & { more: number })[] {
  const weight = (one: T): number => (RANK.indexOf(one.kind) + RANK.length + 1) % (RANK.length + 1)
  const kept: (T & { more: number })[] = []
  for (const mark of [...marks].sort((a, b) => weight(a) - weight(b) || a.x - b.x)) {
    const near = kept.find((one) => Math.abs(one.x - mark.x) < MARK)
    if (near) near.more += 1
    else kept.push({ ...mark, more: 0 })
  }
  return kept.sort((a, b) => a.x - b.x)
}
