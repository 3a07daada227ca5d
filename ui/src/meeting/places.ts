/** The pages around the meeting. */

import type { PageName } from '../lib/router.svelte'

export const MEETING: readonly { page: PageName; name: string }[] = [
  { page: 'prepare', name: 'Prepare' },
  { page: 'room', name: 'Room' },
  { page: 'wrap-up', name: 'Wrap-up' },
  { page: 'answers', name: 'Answers' },
  { page: 'questions', name: 'Questions' },
  { page: 'transcript', name: 'Transcript' },
]
