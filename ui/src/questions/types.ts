/** Questions worth asking of this incident, as the server tells them. */

export interface Question {
  /** What it is after: observation, assessment, decision, … */
  kind: string
  text: string
  /** What makes it worth asking. */
  lacks: string
  /** Whose account is wanted; "" = anybody's. */
  role: string
  evidence_ids: string[]
}

/** What to ask at an entry of the timeline of which nothing special is missing; "" = of any other kind. */
export interface Plain {
  kind: string
  text: string
}

/** One or two questions about one subject: an event or a hop by its key, or a step of the agenda. */
export interface Asked {
  subject: string
  title: string
  /** As the incident's documents write it; "" for a step of the agenda. */
  time: string
  questions: Question[]
}
