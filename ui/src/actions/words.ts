/** What the plan's values are called, and in which column an action stands. */

import type { Planned, PlannedAction, State } from './api'

export const PARTS = { initiating: 'where it begins', trigger: 'what set it off', amplifying: 'what made it worse', hid_it: 'what hid it', slowed_recovery: 'what slowed recovery' } as const
export const LINKS = { set_off: 'set off', amplified: 'amplified', hid: 'hid', prolonged: 'prolonged' } as const
export const LESSONS = { badly: 'Went badly', lucky: 'Got lucky', well: 'Went well' } as const
export const KINDS = { prevent: 'prevents it', detect: 'detects it', mitigate: 'limits the harm', process: 'improves the process' } as const
export const AREAS = { process: 'process', tooling: 'tooling', training: 'training', architecture: 'architecture' } as const
export const STRENGTHS = { stronger: 'stronger', intermediate: 'intermediate', weaker: 'weaker' } as const
export const STATES: Record<State, string> = {
  open: 'Open',
  in_progress: 'In progress',
  implemented: 'Implemented',
  verified: 'Verified',
  effective: 'Effective',
  ineffective: 'Ineffective',
  accepted_risk: 'Not done, risk accepted',
  cancelled: 'Cancelled',
}
/** Steps that need words: what was seen, or why. */
export const REASONED: readonly State[] = ['verified', 'effective', 'ineffective', 'accepted_risk', 'cancelled']
/** Steps for somebody who is not the owner. */
export const JUDGED: readonly State[] = ['verified', 'effective']

/** What a key asked the panel to open: who owns it, who looks, its date, asking nobody any more, or a step with words. */
export type Asked = '' | 'owner' | 'verifier' | 'due' | 'back' | State

/** The step on or back that an arrow means; the board reads from left to right. Undefined where there is none. */
export function moved(one: PlannedAction, by: 1 | -1): State | undefined {
  const order: State[] = ['open', 'in_progress', 'implemented', 'verified', 'effective']
  const at = order.indexOf(one.progress)
  const able = one.next.filter((state) => order.includes(state) && Math.sign(order.indexOf(state) - at) === by)
  return at < 0 ? one.next.find((state) => order.includes(state)) : able[0]
}

export interface Column {
  name: string
  actions: PlannedAction[]
}

/** The columns of the board; the last is there only where something was given up. */
export function columns(actions: readonly PlannedAction[]): Column[] {
  const of = (...states: State[]): PlannedAction[] => actions.filter((one) => states.includes(one.progress))
  const board: Column[] = [
    { name: 'Open and in progress', actions: of('open', 'in_progress') },
    { name: 'Implemented', actions: of('implemented') },
    { name: 'Verified', actions: of('verified') },
    { name: 'Effective', actions: of('effective') },
  ]
  const over = of('ineffective', 'accepted_risk', 'cancelled')
  return over.length > 0 ? [...board, { name: 'Ineffective or not done', actions: over }] : board
}

export interface Wanted {
  owner: string
  area: string
  answers: string
  due: string
}

/** The actions that fit a filter; an empty field fits all. */
export function fitting(planned: Planned, wanted: Wanted): PlannedAction[] {
  return planned.plan.actions.filter(
    (one) =>
      (!wanted.owner || one.owner === wanted.owner) &&
      (!wanted.area || one.area === wanted.area) &&
      (!wanted.answers || one.answers.includes(wanted.answers)) &&
      (!wanted.due || (wanted.due === 'late' ? isLate(one, planned.today) : !isLate(one, planned.today))),
  )
}

/** Whether the day is over and the work is not. */
export const isLate = (one: PlannedAction, today: string): boolean => (one.progress === 'open' || one.progress === 'in_progress') && one.due < today

/** "F2" or "L1" of what an action answers. */
export function labels(planned: Planned): Map<string, string> {
  return new Map([...planned.plan.factors, ...planned.plan.lessons].map((one) => [one.key, one.label]))
}

/** Who carries it, as a card says it. */
export function owned(one: PlannedAction): string {
  if (one.ownership === 'accepted') return one.owner
  if (one.ownership === 'proposed') return `${one.owner}, asked`
  if (one.ownership === 'declined') return `nobody; ${one.owner} declined`
  return 'nobody yet'
}

/** Who looks whether it works, as a card says it; "" where nobody was asked. */
export function looked(one: PlannedAction): string {
  if (one.verifying === 'accepted') return one.verifier
  if (one.verifying === 'proposed') return `${one.verifier}, asked`
  return one.verifying === 'declined' ? `nobody; ${one.verifier} declined` : ''
}

/** A line of history in words. */
export function told(what: string, text: string): string {
  const words: Record<string, string> = {
    written: 'agreed it',
    edited: 'wrote it anew',
    owner: text ? `asked ${text} to own it` : 'took it back: nobody is asked to own it',
    accepted: 'took it on',
    declined: 'declined it',
    verifier: text ? `asked ${text} to look whether it works` : 'took it back: nobody is asked to look',
    verifier_accepted: 'looks whether it works',
    verifier_declined: 'declined to look',
    due: `moved the date to ${text}`,
    status: `said: ${(STATES[text as State] ?? text).toLowerCase()}`,
  }
  return words[what] ?? what
}
