/** The units that a value may be given for, in words, and the form's fields as the text that the API takes. */

import { number } from '../lib/format'
import type { Cost, WorthUnit } from './types'

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

/** "2,177 – 4,368 EUR": an amount of money or a number of customers, as a range. */
export function amountText(cost: Cost): string {
  const [low, high] = [cost.amount.low, cost.amount.high].map((one) => number(Math.round(one)))
  return `${low === high ? low : `${low} – ${high}`} ${cost.currency}`.trim()
}
