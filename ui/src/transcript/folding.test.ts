import { describe, expect, it } from 'vitest'
import { folded } from './folding'

const cues = Array.from({ length: 8 }, (_, i) => ({ number: i + 1, start_s: i, end_s: i + 1, speaker: i < 4 ? 'A' : 'B', text: '' }))

describe('cues in view', () => {
  it('are all of them, and name each speaker once', () => {
    const rows = folded(cues, null)
    expect(rows).toHaveLength(8)
    expect(rows.filter((row) => row.named).map((row) => row.cue?.number)).toEqual([1, 5])
  })

  it('are those wanted with the two before, and the rest counted', () => {
    const rows = folded(cues, new Set([5]))
    expect(rows.map((row) => row.cue?.number ?? -row.hidden)).toEqual([-2, 3, 4, 5, -3])
    expect(rows.filter((row) => row.named).map((row) => row.cue?.number)).toEqual([3, 5])
  })

  it('are none where nothing is wanted', () => {
    expect(folded(cues, new Set())).toEqual([])
  })
})
