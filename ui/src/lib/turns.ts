/** What is asked of the server one after the other, in the order in which a person did it. */

/**
 * A queue: each thing begins once the one before it was answered, or refused. Two requests at once may be answered in
 * either order, and what was pressed last would not be what holds.
 */
export function turns(): <T>(what: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (what) => {
    const mine = last.then(what)
    last = mine.catch(() => undefined)
    return mine
  }
}

/** The words of a field that was emptied when they were sent, once they are refused: in front of what was typed since. */
export function broughtBack(sent: string, since: string): string {
  return since.trim() ? `${sent} ${since}` : sent
}
