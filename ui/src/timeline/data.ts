/** Signals as the server cuts them to pixel columns, kept on two levels: the whole record, and the part in view. */

import { get, search } from '../lib/api'
import type { Span } from './time'

export interface Columns {
  from: number
  step: number
  min: (number | null)[]
  max: (number | null)[]
}

export interface Curve {
  band: { low: number; high: number } | null
  lowest: number
  highest: number
  whole: Columns
  near: Columns | null
}

interface SignalsAnswer {
  grid: { start: string; step_s: number }
  signals: {
    key: string
    unit: string | null
    min: (number | null)[]
    max: (number | null)[]
    band: { low: number; high: number } | null
  }[]
  total: number
}

const MOST_A_CALL = 40
const WHOLE_COLUMNS = 1200

/** Curves by signal key. `need` asks for what is not there yet and calls `changed` when something came. */
export class Curves {
  readonly byKey = new Map<string, Curve>()
  failed: unknown = null
  #asked = new Set<string>()
  #near: { span: Span; keys: Set<string> } | null = null
  #stop = new AbortController()

  constructor(
    readonly incident: string,
    readonly record: Span,
    readonly step: number,
    readonly changed: () => void,
  ) {}

  /**
   * Ask for the whole record of these signals, and for `view` in more detail where the record alone is too coarse.
   * After a failure nothing is asked until `again`, so that the page does not knock at a silent server by itself.
   */
  async need(keys: string[], view: Span, pixels: number): Promise<void> {
    if (this.failed) return
    const fresh = keys.filter((key) => !this.#asked.has(key))
    for (const key of fresh) this.#asked.add(key)
    await this.#guarded(async () => {
      for (const some of chunks(fresh, MOST_A_CALL)) await this.#whole(some)
      await this.#detail(keys, view, pixels)
    })
  }

  /** Forget the failure: what did not come is asked for by the next `need`. */
  again(): void {
    this.failed = null
    this.changed()
  }

  close(): void {
    this.#stop.abort()
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (this.#stop.signal.aborted) return
      this.#asked = new Set(this.byKey.keys())
      this.#near = null
      this.failed = error
      this.changed()
    }
  }

  async #whole(keys: string[]): Promise<void> {
    const answer = await this.#ask(keys, this.record, WHOLE_COLUMNS)
    for (const one of answer.signals) {
      const whole = { ...placed(answer), min: one.min, max: one.max }
      this.byKey.set(one.key, { band: one.band, ...bounds(one.min, one.max), whole, near: null })
    }
    this.changed()
  }

  async #detail(keys: string[], view: Span, pixels: number): Promise<void> {
    const finest = Math.max(this.step, (view.to - view.from) / pixels)
    const coarse = keys.filter((key) => (this.byKey.get(key)?.whole.step ?? 0) > finest * 1.5)
    const near = this.#near
    const held = near && near.span.from <= view.from && near.span.to >= view.to && near.span.to - near.span.from < 8 * (view.to - view.from)
    if (held && coarse.every((key) => near.keys.has(key))) return
    if (!coarse.length) return
    const wide = view.to - view.from
    const span = { from: Math.max(this.record.from, view.from - wide), to: Math.min(this.record.to, view.to + wide) }
    this.#near = { span, keys: new Set(coarse) }
    for (const some of chunks(coarse, MOST_A_CALL)) {
      const answer = await this.#ask(some, span, pixels * 3)
      for (const one of answer.signals) {
        const curve = this.byKey.get(one.key)
        if (curve) curve.near = { ...placed(answer), min: one.min, max: one.max }
      }
      this.changed()
    }
  }

  #ask(keys: string[], span: Span, width: number): Promise<SignalsAnswer> {
    const fields = { start: iso(span.from), end: iso(span.to), width: Math.min(4000, Math.ceil(width)), limit: keys.length }
    const names = keys.map((key) => `&names=${encodeURIComponent(key)}`).join('')
    const path = `/incidents/${encodeURIComponent(this.incident)}/signals${search(fields)}${names}`
    return get<SignalsAnswer>(path, this.#stop.signal)
  }
}

/** The finer columns where they cover `span`, else those of the whole record. */
export function columnsFor(curve: Curve, span: Span): Columns {
  const near = curve.near
  return near && near.from <= span.from && near.from + near.step * near.min.length >= span.to ? near : curve.whole
}

function placed(answer: SignalsAnswer): { from: number; step: number } {
  return { from: Date.parse(answer.grid.start), step: answer.grid.step_s * 1000 }
}

function bounds(min: (number | null)[], max: (number | null)[]): { lowest: number; highest: number } {
  let [lowest, highest] = [Infinity, -Infinity]
  for (const value of min) if (value !== null && value < lowest) lowest = value
  for (const value of max) if (value !== null && value > highest) highest = value
  return { lowest, highest }
}

function chunks<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
