/** The blast radius as series to draw, and the map's shares at one of its steps. */

import { number } from '../lib/format'
import { clock } from '../lib/time.svelte'
import type { BlastRadius, BlastStep, Touched } from './types'

export interface Series {
  name: string
  values: (number | null)[]
  most: number
  summary: string
}

const LINES: [string, (step: BlastStep) => number | null][] = [
  ['services', (step) => step.services],
  ['endpoints', (step) => step.endpoints],
  ['failed', (step) => step.failed],
  ['users hit', (step) => step.users_failed],
  ['first hit', (step) => step.users_first],
]

/** Those of which anything is known. */
export function seriesOf(blast: BlastRadius): Series[] {
  return LINES.map(([name, of]) => {
    const values = blast.steps.map(of)
    const most = Math.max(0, ...values.filter((value) => value !== null))
    const at = values.indexOf(most)
    const when = most > 0 ? `, at ${clock(blast.steps[at]!.time, true)}` : ''
    return { name, values, most, summary: `${name}, in steps of ${blast.step_s} s: at most ${number(most)}${when}` }
  }).filter((one) => one.values.some((value) => value !== null))
}

export interface Share {
  share: number | null
  hit: boolean
}

/** The share of failed requests of each service in a step, and whether it was hit then. */
export function sharesAt(blast: BlastRadius, at: number): Map<string, Share> {
  return new Map(blast.tracks.map((one) => [one.service, { share: one.shares[at] ?? null, hit: one.hit[at] ?? false }]))
}

/** "865 of 951", or that it is not known. */
export function failedOf(one: Touched): string {
  if (one.failed === null || one.requests === null) return 'not known'
  return `${number(Math.round(one.failed))} of ${number(Math.round(one.requests))}`
}
