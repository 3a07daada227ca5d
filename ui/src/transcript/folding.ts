/** Which cues are in view: all, or those wanted with what was said right before, the rest counted. */

import type { Cue } from './types'

export interface Row {
  key: string
  cue: Cue | null
  /** Cues that stand here unseen. */
  hidden: number
  /** The speaker is another than in the row above. */
  named: boolean
}

const BEFORE = 2

/** `wanted`: numbers of cues, null = all of them. */
export function folded(cues: readonly Cue[], wanted: ReadonlySet<number> | null): Row[] {
  if (wanted?.size === 0) return []
  const isIn = (i: number): boolean => wanted === null || cues.slice(i, i + BEFORE + 1).some((one) => wanted.has(one.number))
  const rows: Row[] = []
  let last: Cue | null = null
  for (const [i, cue] of cues.entries()) {
    const above = rows[rows.length - 1]
    if (isIn(i)) {
      rows.push({ key: `cue-${cue.number}`, cue, hidden: 0, named: last === null || last.speaker !== cue.speaker })
      last = cue
    } else {
      if (above && above.cue === null) above.hidden += 1
      else rows.push({ key: `before-${cue.number}`, cue: null, hidden: 1, named: false })
      last = null
    }
  }
  return rows
}
