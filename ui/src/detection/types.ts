/** The body of the detection document and the answer to a moved line, as the API describes them. */

import type { components } from '../lib/schema'

type Schemas = components['schemas']

export type DetectionBody = Schemas['DetectionBody']
export type ReplayedRule = Schemas['ReplayedRule']
export type Trace = Schemas['Trace']
export type Tried = Schemas['Tried']
export type Safeguard = Schemas['Safeguard']
export type Proposals = Schemas['Proposals']
