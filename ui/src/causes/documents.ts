/** The documents behind the causes page: causes must be there, the others only add to it. */

import { document } from '../lib/api'
import { asProblem } from '../lib/resource.svelte'
import type { DocumentKind, TimelineBody } from '../lib/types'
import type { ActionsBody, CausesBody, EvidenceBody } from './types'

export interface Documents {
  causes: CausesBody
  timeline: TimelineBody | undefined
  evidence: EvidenceBody | undefined
  actions: ActionsBody | undefined
  /** Which of the additions could not be read, and why. */
  without: string[]
}

export async function load(incident: string, signal: AbortSignal): Promise<Documents> {
  const without: string[] = []
  const beside = <Body>(kind: DocumentKind): Promise<Body | undefined> =>
    document<Body>(incident, kind, signal).then(
      (found) => found.body,
      (error: unknown) => {
        without.push(`The ${kind} document could not be read: ${asProblem(error).detail}`)
        return undefined
      },
    )
  const [causes, timeline, evidence, actions] = await Promise.all([
    document<CausesBody>(incident, 'causes', signal),
    beside<TimelineBody>('timeline'),
    beside<EvidenceBody>('evidence'),
    beside<ActionsBody>('actions'),
  ])
  return { causes: causes.body, timeline, evidence, actions, without }
}
