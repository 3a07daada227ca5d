/** What a reader is about to do to the timeline; the panel beside it shows the form. */

import type { Item } from './model'

export type Task =
  | { kind: 'add' | 'told' | 'clocks' | 'orphans' }
  | { kind: 'edit' | 'hide' | 'merge' | 'note' | 'link' | 'milestone' | 'history'; item: Item }

export const TASK_TITLES: Record<Task['kind'], string> = {
  add: 'Add an event',
  told: 'Write down what a person told',
  clocks: 'Correct a clock',
  orphans: 'Decisions that lost their entry',
  edit: 'Edit the event',
  hide: 'Hide the event',
  merge: 'Merge with another event',
  note: 'Leave a remark',
  link: 'Link as evidence',
  milestone: 'Mark as a milestone',
  history: 'History',
}
