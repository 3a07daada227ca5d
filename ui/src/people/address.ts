/** The address of an invitation. What follows # stays in the browser, so no server's log holds the link. */
export function addressOf(link: string): string {
  return `${location.origin}/#/join/${link}`
}
