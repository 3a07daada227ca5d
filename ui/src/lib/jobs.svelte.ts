/** A job of the server, followed until it ends: how far it is, how to stop it, how it ended. */

import { onDestroy } from 'svelte'
import * as api from './api'
import { asProblem } from './resource.svelte'
import type { Job, Submitted } from './types'

const ASK_MS = 400
const ENDED = ['done', 'failed', 'cancelled']

export interface Followed {
  readonly job: Job | undefined
  readonly running: boolean
  readonly problem: api.Problem | undefined
  /** Begin a job and follow it. */
  start: (begin: () => Promise<Submitted>) => void
  cancel: () => void
}

/** Follow one job at a time; `done` runs when it ended well. */
export function follow(done: (job: Job) => void): Followed {
  let job = $state.raw<Job>()
  let running = $state(false)
  let problem = $state.raw<api.Problem>()
  let timer = 0
  let gone = false
  onDestroy(() => {
    gone = true
    clearTimeout(timer)
  })

  async function look(id: string): Promise<void> {
    if (gone) return
    try {
      const now = await api.job(id)
      job = now
      if (!ENDED.includes(now.state)) {
        timer = window.setTimeout(() => void look(id), ASK_MS)
        return
      }
      running = false
      if (now.state === 'done') done(now)
      else problem = ended(now)
    } catch (error) {
      running = false
      problem = asProblem(error)
    }
  }

  return {
    get job() {
      return job
    },
    get running() {
      return running
    },
    get problem() {
      return problem
    },
    start: (begin) => {
      running = true
      problem = undefined
      job = undefined
      begin()
        .then((begun) => look(begun.job.id))
        .catch((error: unknown) => {
          running = false
          problem = asProblem(error)
        })
    },
    cancel: () => {
      if (job) void api.cancelJob(job.id).catch((error: unknown) => (problem = asProblem(error)))
    },
  }
}

function ended(job: Job): api.Problem {
  if (job.state === 'cancelled') return new api.Problem(0, 'Stopped', 'Stopped by you. What was kept before stays.', 'Start again to go on from there.')
  return new api.Problem(0, 'The job failed', job.error || 'It gave no reason.', 'Start it again; what was kept before stays.')
}
