/** Who one is, and what one may do: a button for what is refused anyway is not shown. The server decides each time. */

import * as api from './api'
import { asProblem } from './resource.svelte'
import { current } from './router.svelte'
import type { Problem } from './api'
import type { Session } from './types'

export type Verb = Session['may'][number]

export const me = $state<{
  session: Session | undefined
  /** The server knows no one behind this browser. */
  isNobody: boolean
  /** Why it could not be asked who one is, until it can. */
  problem: Problem | undefined
}>({ session: undefined, isNobody: false, problem: undefined })

let asked = 0
const here = $derived(me.session?.incidents.find((one) => one.incident === current.route.incident))

/** True if one may do `verb` in the incident in view, or to the installation where none is. False until it is known. */
export function may(verb: Verb): boolean {
  return (me.session?.may.includes(verb) || here?.verbs.includes(verb)) ?? false
}

/** One's role in the incident in view; "owner" for the owner. */
export function roleHere(): string {
  return me.session?.is_owner ? 'owner' : (here?.role ?? '')
}

/** Ask the server who one is: at the start, after signing in or out, and when something was refused. */
export async function recognise(): Promise<void> {
  const mine = (asked += 1)
  api.forgetSession()
  try {
    const session = await api.session()
    // Asked again meanwhile, the older answer may come last, with a role that one no longer has.
    if (mine === asked) Object.assign(me, { session, isNobody: false, problem: undefined })
  } catch (error) {
    if (mine !== asked) return
    if (asProblem(error).status === 401) Object.assign(me, { session: undefined, isNobody: true })
    else me.problem = asProblem(error)
  }
}

/** End this browser's sign-in. */
export async function signOut(): Promise<void> {
  await api.send('DELETE', '/session')
  await recognise()
}

api.refusals.heard = (status) => {
  if (status === 401) Object.assign(me, { session: undefined, isNobody: true })
  // A role may have been changed meanwhile; the answer to this question is never 403.
  else if (status === 403 && me.session) void recognise()
}
