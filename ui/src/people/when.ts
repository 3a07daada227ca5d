/** A day and time of joining or ending, in the zone of the viewer: it is about the person, not about the outage. */

const FORM = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

export function dayClock(time: string): string {
  return FORM.format(new Date(time))
}
