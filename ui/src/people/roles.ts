/** What each role means to the person who has it. */

import type { Role } from './types'

export const ROLES: Record<Role, string> = {
  facilitator: 'A facilitator leads the meeting, decides, invites people and can look up names.',
  scribe: 'A scribe writes down what is decided, and may decide on findings.',
  responder: 'A responder was part of the response, reads everything, votes and comments.',
  executive: 'An executive reads everything, votes and comments.',
  observer: 'An observer reads along.',
}
export const NAMES = Object.keys(ROLES) as Role[]
