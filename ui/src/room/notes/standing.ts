/** What is said of the state of the notes. Pure, so that "saved" can be tested never to be said too early. */

export interface Standing {
  /** `joining`: not open yet; `lost`: tries again; `shut`: will not be let in again, for `why`. */
  link: 'joining' | 'on' | 'lost' | 'shut'
  why: '' | 'gone' | 'full'
  mayWrite: boolean
  /** Something that was written here is not on the server's disk yet. */
  isWaiting: boolean
  /** The server says that its disk takes nothing. */
  isTroubled: boolean
  /** What was written here could not be taken, for the role changed meanwhile. */
  isDropped: boolean
  you: string
  /** Who has a cursor in the notes, each once. */
  writing: readonly string[]
}

export const BEFORE: Standing = {
  link: 'joining',
  why: '',
  mayWrite: false,
  isWaiting: false,
  isTroubled: false,
  isDropped: false,
  you: '',
  writing: [],
}

export type Grave = 'calm' | 'doubt' | 'alarm'

/** The words, and how loud they are. */
export function told(now: Standing): { words: string; grave: Grave } {
  if (now.link === 'shut') {
    const words = now.why === 'full' ? 'The notes are full. Copy what you wrote last, and go on in the document.' : 'You may no longer read these notes.'
    return { words, grave: 'alarm' }
  }
  if (now.link === 'joining') return { words: 'opening', grave: 'calm' }
  if (now.link === 'lost') {
    const words = now.isWaiting ? 'Kept in this browser until the connection is back.' : 'Connection lost. What you write is kept in this browser until it is back.'
    return { words: now.mayWrite ? words : 'Connection lost. The notes stand as they were.', grave: 'alarm' }
  }
  if (now.isDropped) return { words: 'Your role changed; what you wrote last was not taken.', grave: 'alarm' }
  if (now.isTroubled && now.isWaiting) return { words: 'Not saved: the server cannot write now and tries again.', grave: 'alarm' }
  if (!now.mayWrite) return { words: 'you read along', grave: 'calm' }
  return now.isWaiting ? { words: 'saving', grave: 'doubt' } : { words: 'saved', grave: 'calm' }
}

/** How many write, in words. */
export function writers(writing: readonly string[], you: string): string {
  if (writing.length === 0) return ''
  if (writing.length === 1) return writing[0] === you ? 'you write' : `${writing[0]} writes`
  return `${writing.length} writing`
}

/** Each token once, in a steady order. */
export function tokens(states: Iterable<unknown>): string[] {
  const found = new Set<string>()
  for (const state of states) {
    const { user, cursor } = (state ?? {}) as { user?: { name?: unknown }; cursor?: unknown }
    if (cursor && typeof user?.name === 'string') found.add(user.name)
  }
  return [...found].sort()
}
