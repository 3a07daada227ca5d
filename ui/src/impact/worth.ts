/** The units that a value may be given for, in words, and the form's fields as the text that the API takes. */

import type { WorthUnit } from './types'

export const UNITS: Record<WorthUnit, { title: string; per: string; result: string }> = {
  request: { title: 'failed request', per: 'for each failed request', result: 'By failed requests' },
  minute: { title: 'minute with harm', per: 'for each minute', result: 'By minutes' },
  customer: { title: 'customer hit', per: 'for each customer', result: 'By customers' },
  customers_per_request: { title: 'request, in customers', per: 'customers behind each failed request', result: 'Customers hit' },
}

/** "2..4 EUR" of two ends and a currency; one end alone is one value. */
export function amountOf(low: string, high: string, currency: string): string {
  const [first, last] = [low.trim(), high.trim()]
  const range = last && last !== first ? `${first}..${last}` : first
  return currency ? `${range} ${currency.trim()}` : range
}
