/** Phases of an outage between its milestones, and which sign an event carries. */

import type { Meaning } from '../lib/Glyph.svelte'
import type { Milestone, TimelineEvent } from '../lib/types'

const PHASES: [Milestone['kind'], string][] = [
  ['impact_began', 'unnoticed'],
  ['detected', 'unclaimed'],
  ['acknowledged', 'diagnosing'],
  ['mitigation_began', 'mitigating'],
  ['resolved', ''],
]

/** A phase runs from its milestone to the next that is known, in milliseconds since 1970. */
export function phases(milestones: readonly Milestone[]): { name: string; from: number; to: number }[] {
  const known = PHASES.flatMap(([kind, name]) => {
    const moment = milestones.find((one) => one.kind === kind)?.moment
    return moment ? [{ name, at: (Date.parse(moment.earliest) + Date.parse(moment.latest)) / 2 }] : []
  })
  return known.flatMap((one, i) => {
    const next = known[i + 1]
    return next && one.name && next.at > one.at ? [{ name: one.name, from: one.at, to: next.at }] : []
  })
}

export const MEANING: Partial<Record<TimelineEvent['kind'], Meaning>> = {
  change: 'change',
  alert: 'alert',
  chat: 'human',
  command: 'human',
  status: 'human',
  added: 'human',
}
