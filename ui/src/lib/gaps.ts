/** Why something is missing, in words. */

import type { GapReason } from './types'

export const GAP_WORDS: Record<GapReason, string> = {
  no_data: 'the source answered and has nothing',
  failed: 'the source did not answer',
  rejected: 'rows could not be read',
  unmapped: 'rows name no service',
  not_recorded: 'nobody collects this',
  not_held: 'a meeting that did not take place',
  redacted: 'taken out on purpose',
  not_kept: 'not kept here',
}
