/** What a mechanism, a method, an indicator or a verdict is called where a person reads it. */

const MECHANISM: Record<string, string> = {
  pool_exhausted: 'connection pool full',
  resource_exhausted: 'a resource runs out',
  latency: 'slow',
  errors: 'requests fail',
  crash: 'restarts or stops answering',
  traffic: 'traffic changes',
  retry_storm: 'callers retry',
  timeout: 'waits until time is up',
  slow_dependency: 'others wait for it',
  crash_loop: 'restarts again and again',
  memory_leak: 'memory grows until it is killed',
  bad_configuration: 'a setting is wrong',
  unknown: 'how is not told by the data',
}

const DEPARTS: Record<string, string> = {
  errors: 'requests fail',
  latency: 'requests slow down',
  saturation: 'fills up',
  resource: 'uses more',
  traffic: 'traffic changes',
  logs: 'logs change',
}

const PART: Record<string, string> = {
  trigger: 'as the trigger',
  initiating: 'as the start',
  amplifying: 'as what made it worse',
  hid_it: 'as what hid it',
  slowed_recovery: 'as what slowed recovery',
}

const METHOD: Record<string, string> = {
  deviation: 'Leaves its normal range',
  change_proximity: 'Changed shortly before',
  changed_callee: 'Caller unchanged, callee changed',
  onset_order: 'Order of the first signs',
  topology: 'What it calls departs too',
  edge_change: 'Calls slower than other calls',
  log_novelty: 'New log lines',
  new_against_old: 'New version against old',
  operation_change: 'Own time and failures of operations',
  fusion: 'A rival speaks as loudly',
}

const DEPARTING: Record<string, string> = {
  MetricSignalQuery: 'Metrics leave their normal range',
  SpanSignalQuery: 'Served requests leave their normal range',
  EdgeSignalQuery: 'Calls between services leave theirs',
  LogSignalQuery: 'Amounts of log lines leave theirs',
}

/** What leaves its normal range in evidence of this kind of query. */
export const departing = (kind: string): string => DEPARTING[kind] ?? METHOD.deviation!
export const mechanism = (name: string): string => MECHANISM[name] ?? name.replaceAll('_', ' ')
export const departs = (kind: string): string => DEPARTS[kind] ?? 'leaves its band'
export const part = (name: string): string => PART[name] ?? name.replaceAll('_', ' ')
export const method = (name: string): string => METHOD[name] ?? name.replaceAll('_', ' ')

/** 0.84 as "84 %", 0.004 as "under 1 %". */
export function percent(ratio: number): string {
  if (ratio > 0 && ratio < 0.01) return 'under 1 %'
  return `${Math.round(ratio * 100)} %`
}

/** "13 s to 23 s after", "within 10 s of", for an interval of seconds that ends at what is spoken of. */
export function delay([low, high]: [number, number]): string {
  if (low < 0) return high <= 0 ? `${between(-high, -low)} before` : `within ${seconds(Math.max(-low, high))} of`
  return `${between(low, high)} after`
}

function between(low: number, high: number): string {
  return seconds(low) === seconds(high) ? seconds(low) : `${seconds(low)} to ${seconds(high)}`
}

function seconds(value: number): string {
  if (value < 120) return `${Math.round(value)} s`
  const minutes = Math.floor(value / 60)
  const rest = Math.round(value % 60)
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`
}
