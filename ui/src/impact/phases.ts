/** Milestones as the phases between them, and counted requests shared out among the phases. */

import type { Milestone, Moment } from '../lib/types'

export interface Phase {
  name: string
  /** Milestones that bound it, in words. */
  meaning: string
  start: Moment
  end: Moment
  /** Seconds, at least and at most. */
  length: [number, number]
}

export interface Missing {
  name: string
  reason: string
}

export interface Counted {
  phase: Phase
  /** Failed requests: at least, by the middle of both ends, at most. */
  failed: [number, number, number]
}

/** A step of counted requests: its start in ms since 1970. */
export interface Step {
  at: number
  failed: number
}

const BOUNDS: [string, string, string, string][] = [
  ['impact_began', 'detected', 'Unnoticed', 'first impact to first notice'],
  ['detected', 'acknowledged', 'Unclaimed', 'noticed to a person on it'],
  ['acknowledged', 'mitigation_began', 'Diagnosing', 'a person on it to the first act'],
  ['mitigation_began', 'resolved', 'Mitigating', 'first act to all over'],
]

/** The phases whose two ends are known, and for the others why not. */
export function phasesOf(milestones: readonly Milestone[]): { phases: Phase[]; missing: Missing[] } {
  const phases: Phase[] = []
  const missing: Missing[] = []
  for (const [from, to, name, meaning] of BOUNDS) {
    const ends = [from, to].map((kind) => milestones.find((one) => one.kind === kind))
    const [start, end] = ends.map((one) => one?.moment ?? null)
    if (start && end && Date.parse(end.latest) >= Date.parse(start.earliest)) {
      phases.push({ name, meaning, start, end, length: lengthOf(start, end) })
      continue
    }
    const lost = ends.find((one) => !one?.moment)
    const reason = lost === undefined && start && end ? 'Its end comes before its start.' : (lost?.reason ?? 'A milestone is missing.')
    missing.push({ name, reason })
  }
  return { phases, missing }
}

/** Failed requests by phase; a step on a doubtful border counts for both phases in the range, and once in the middle. */
export function countedByPhase(phases: readonly Phase[], steps: readonly Step[], step_ms: number): Counted[] {
  return phases.map((phase) => {
    const [from, to] = [middle(phase.start), middle(phase.end)]
    const sum = (start: number, end: number): number =>
      steps.reduce((all, step) => all + step.failed * overlap(step.at, step.at + step_ms, start, end), 0)
    const whole = (start: number, end: number, touches: boolean): number =>
      steps
        .filter((step) => (touches ? step.at < end && step.at + step_ms > start : step.at >= start && step.at + step_ms <= end))
        .reduce((all, step) => all + step.failed, 0)
    const least = whole(Date.parse(phase.start.latest), Date.parse(phase.end.earliest), false)
    const most = whole(Date.parse(phase.start.earliest), Date.parse(phase.end.latest), true)
    return { phase, failed: [least, Math.round(sum(from, to)), most] }
  })
}

/** Milliseconds since 1970 of the middle of an interval. */
export function middle(moment: Moment): number {
  return (Date.parse(moment.earliest) + Date.parse(moment.latest)) / 2
}

function lengthOf(start: Moment, end: Moment): [number, number] {
  const low = (Date.parse(end.earliest) - Date.parse(start.latest)) / 1000
  const high = (Date.parse(end.latest) - Date.parse(start.earliest)) / 1000
  return [Math.max(0, low), Math.max(0, high)]
}

function overlap(a: number, b: number, start: number, end: number): number {
  return Math.max(0, Math.min(b, end) - Math.max(a, start)) / Math.max(b - a, 1)
}
