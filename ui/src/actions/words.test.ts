import { describe, expect, it } from 'vitest'
import type { Planned, PlannedAction } from './api'
import { columns, fitting, isLate, moved, owned } from './words'

const action = (given: Partial<PlannedAction>): PlannedAction =>
  ({ key: 'action/item/a', label: 'A1', title: 'x', progress: 'open', owner: '', ownership: 'none', due: '2026-12-01', area: 'tooling', answers: [], ...given }) as PlannedAction

describe('the board', () => {
  it('shows what was given up only where something was', () => {
    expect(columns([action({})]).map((one) => one.actions.length)).toEqual([1, 0, 0, 0])
    expect(columns([action({ progress: 'cancelled' })]).at(-1)?.name).toBe('Ineffective or not done')
  })
  it('filters by owner, factor and lateness', () => {
    const late = action({ owner: 'responder-2', answers: ['factor/x'] })
    const done = action({ progress: 'implemented' })
    const planned = { plan: { actions: [late, done] }, today: '2026-12-02' } as unknown as Planned
    const none = { owner: '', area: '', answers: '', due: '' }
    expect(fitting(planned, none)).toHaveLength(2)
    expect(fitting(planned, { ...none, due: 'late' })).toEqual([late])
    expect(fitting(planned, { ...none, answers: 'factor/x', owner: 'responder-2' })).toEqual([late])
    expect(isLate(done, planned.today)).toBe(false)
  })
  it('moves a card by a key only where the step may follow', () => {
    const open = action({ next: ['in_progress', 'implemented', 'accepted_risk', 'cancelled'] })
    expect([moved(open, 1), moved(open, -1)]).toEqual(['in_progress', undefined])
    const done = action({ progress: 'implemented', next: ['verified', 'in_progress'] })
    expect([moved(done, 1), moved(done, -1)]).toEqual(['verified', 'in_progress'])
    expect(moved(action({ progress: 'cancelled', next: ['open'] }), 1)).toBe('open')
  })
  it('never says that somebody owns what they did not take on', () => {
    expect(owned(action({ owner: 'responder-2', ownership: 'proposed' }))).toBe('responder-2, asked')
    expect(owned(action({ owner: 'responder-2', ownership: 'declined' }))).toBe('nobody; responder-2 declined')
  })
})
