/** Questions worth asking of this incident, as the server tells them. */

export interface Question {
  /** Of the question: observation, assessment, decision, … */
  kind: string
  text: string
  /** The step of the agenda that it belongs to. */
  step: string
  /** Key of the timeline event that it asks about; "" where it asks about the whole. */
  event: string
  evidence_ids: string[]
}
