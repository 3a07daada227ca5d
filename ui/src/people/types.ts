/** The people of an incident, as the API sends them. */

import type { components } from '../lib/schema'

type Schemas = components['schemas']

export type Role = Schemas['Role']
export type People = Schemas['People']
export type Member = Schemas['MemberItem']
export type Invitation = Schemas['InvitationItem']
export type Made = Schemas['Made']
export type AuditPage = Schemas['AuditPage']
export type Names = Schemas['Names']
export type Invited = Schemas['Invited']
export type Joined = Schemas['Joined']
