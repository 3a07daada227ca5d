/** What the clocks wait for, and why none runs, in words. */

export const WAITS: Record<string, string> = { meeting: 'meeting', summary: 'summary' }

export const NO_CLOCK: Record<string, string> = {
  retrospective: 'a retrospective',
  not_asked: 'no post-mortem is asked for',
  no_end: 'the end is not known',
  cancelled: 'the incident was cancelled',
}
