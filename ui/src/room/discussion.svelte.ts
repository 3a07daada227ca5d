/** The timeline as the room discusses it: its model, the events worth the room's time, and the curves of its charts. */

import { document } from '../lib/api'
import { follow } from '../lib/live.svelte'
import { resource, type Resource } from '../lib/resource.svelte'
import type { TimelineBody } from '../lib/types'
import { amendments, applied } from '../timeline/amend'
import { Curves } from '../timeline/data'
import { build, signalOf, type EvidenceBody, type Item, type Model, type Signal } from '../timeline/model'
import { turningPoints } from './turning'

interface Documents {
  timeline: TimelineBody
  evidence: { body: EvidenceBody }
  /** Services along which the failure travelled; none where no causes were found. */
  path: ReadonlySet<string>
}

export interface Discussion {
  readonly documents: Resource<Documents>
  readonly model: Model | undefined
  readonly points: readonly Item[]
  readonly curves: Curves | undefined
  /** Rises when curves came. */
  readonly version: number
  item: (subject: string) => Item | undefined
  /** The signals that show an event: its own, and one that shows what customers met. */
  signals: (item: Item) => Signal[]
}

/** Read once for the room in view; what people add to the timeline meanwhile comes in. Call while a component is made. */
export function discussion(incident: () => string): Discussion {
  const documents = resource(async (signal) => {
    const id = incident()
    const [timeline, evidence, path] = await Promise.all([document<TimelineBody>(id, 'timeline', signal), document<EvidenceBody>(id, 'evidence', signal), pathOf(id, signal)])
    return { timeline: timeline.body, evidence, path }
  })
  const now = resource((signal) => amendments(incident(), signal))
  follow(['event/', 'occurrence/', 'added/', 'milestone/', 'source/'], now.reload)
  const read = $derived(documents.value)
  const model = $derived(read && build({ body: applied(read.timeline, now.value) }, read.evidence, now.value?.raised))
  const points = $derived(model && read ? turningPoints(model.items, read.path) : [])
  let version = $state(0)
  let curves = $state.raw<Curves>()

  $effect(() => {
    if (!read) return
    const { record } = build({ body: read.timeline }, read.evidence)
    const mine = new Curves(incident(), record, read.evidence.body.grid.step_s * 1000, () => (version += 1))
    curves = mine
    return () => mine.close()
  })

  return {
    documents,
    get model() {
      return model
    },
    get points() {
      return points
    },
    get curves() {
      return curves
    },
    get version() {
      return version
    },
    item: (subject) => (subject ? model?.items.find((one) => one.key === subject) : undefined),
    signals: (item) => (model ? shownWith(model, item) : []),
  }
}

async function pathOf(id: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const causes = await document<{ cascade: { caller: string; callee: string }[] }>(id, 'causes', signal).catch((error: unknown) => {
    if (signal.aborted) throw error
    return undefined // the room goes on without: its events are found by their kind then
  })
  return new Set(causes?.body.cascade.flatMap((hop) => [hop.caller, hop.callee]) ?? [])
}

function shownWith(model: Model, item: Item): Signal[] {
  const own = signalOf(model, item)
  const edge = model.strongest
  return [own, edge].filter((one, i, all): one is Signal => one !== null && all.findIndex((other) => other?.key === one.key) === i)
}
