/** Taking back what one said last in an incident, and what came of it in words. */

import { asProblem } from './resource.svelte'
import { undoOwn } from './talk.svelte'

export const undone = $state<{ sentence: string; refused: string; busy: boolean }>({ sentence: '', refused: '', busy: false })

/** Take back the actor's last entry that still holds. */
export async function undo(incident: string): Promise<void> {
  if (undone.busy) return
  Object.assign(undone, { sentence: '', refused: '', busy: true })
  try {
    undone.sentence = await undoOwn(incident)
  } catch (error) {
    const problem = asProblem(error)
    undone.refused = `${problem.detail} ${problem.next}`
  } finally {
    undone.busy = false
  }
}

/** Put the words away. */
export function forget(): void {
  Object.assign(undone, { sentence: '', refused: '' })
}
