import { describe, expect, it } from 'vitest'
import { agendaLeft, boxStates, elapsed, leftText, mmss, payer } from './reckoning'
import type { BoxNow, ClockNow } from './types'

const AT = Date.parse('2026-11-17T15:00:00Z')
const box = (key: string, step: BoxNow['step'], minutes: number, spent_s = 0): BoxNow => ({ key, step, title: key, minutes, aims: [], spent_s })
const clock = (change: Partial<ClockNow> = {}): ClockNow => ({
  state: 'live',
  started_at: '2026-11-17T15:00:00Z',
  ended_at: null,
  boxes: [box('open', 'opening', 5, 240), box('line', 'timeline', 20), box('talk', 'open discussion', 4), box('close', 'closing', 4)],
  current: 'line',
  since: '2026-11-17T15:04:00Z',
  break_until: null,
  led_by: 'owner',
  title: 'Checkout outage',
  ...change,
})
const after = (minutes: number): number => AT + minutes * 60_000

describe('the clock of the agenda', () => {
  it('marks a box at 80 %, in its last minute and after its end', () => {
    const mark = (minutes: number): string => boxStates(clock(), after(minutes))[1]!.mark
    expect([mark(10), mark(21), mark(23.5), mark(25)]).toEqual(['', 'quiet', 'last', 'over'])
  })

  it('counts what was spent before the present stretch and stands still in a break', () => {
    expect(boxStates(clock(), after(6)).map((one) => one.spent_s)).toEqual([240, 120, 0, 0])
    expect(boxStates(clock({ state: 'break', since: null }), after(60))[1]!.spent_s).toBe(0)
  })

  it('tells boxes that were left from those to come', () => {
    expect(boxStates(clock(), after(6)).map((one) => [one.is_done, one.is_current])).toEqual([[true, false], [false, true], [false, false], [false, false]])
  })

  it('adds up what the agenda still asks for', () => {
    expect(agendaLeft(boxStates(clock(), after(14)))).toBe((10 + 4 + 4) * 60)
  })

  it('lets open discussion pay for an overrun, and never the close', () => {
    expect(payer(boxStates(clock(), after(25)))?.key).toBe('talk')
    expect(payer(boxStates(clock({ current: 'talk', since: '2026-11-17T15:20:00Z' }), after(25)))).toBeNull()
  })

  it('ends with the meeting', () => {
    expect(elapsed(clock({ state: 'ended', ended_at: '2026-11-17T15:50:00Z' }), after(90))).toBe(3000)
  })

  it('says times as they are read', () => {
    expect([mmss(1420), mmss(3723), mmss(-80), leftText(30), leftText(700), leftText(-80)]).toEqual(['23:40', '1:02:03', '−1:20', '0:30 left', '12 min left', '1:20 over'])
  })
})
