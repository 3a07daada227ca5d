/** The impact document's body, as its stage stores it. */

import type { components } from '../lib/schema'
import type { EvidenceRef } from '../lib/types'

type Schemas = components['schemas']

export type Figure = Schemas['Figure']
export type ServiceReach = Schemas['ServiceReach']
export type Span = Schemas['secondstory__model__budget__Span']
export type Phase = Schemas['Phase']
export type PhasePart = Schemas['PhasePart']
export type Burn = Schemas['Burn']
export type BlastRadius = Schemas['BlastRadius']
export type BlastStep = Schemas['BlastStep']
export type Touched = Schemas['Touched']
export type Cost = Schemas['Cost']
export type Assumption = Schemas['Assumption']
export type WorthUnit = Schemas['WorthUnit']
export type ImpactBody = Omit<Schemas['ImpactBody'], 'evidence'> & { evidence: EvidenceRef[] }
