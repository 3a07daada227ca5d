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
  queue_growth: 'requests pile up',
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
  prediction: 'Predictions tested',
}

/** What a person may choose from; "how is not told" comes first. */
export const MECHANISMS = ['unknown', ...Object.keys(MECHANISM).filter((name) => name !== 'unknown')]
export const PARTS = Object.keys(PART).filter((name) => name !== 'trigger')
export const mechanism = (name: string): string => MECHANISM[name] ?? name.replaceAll('_', ' ')
export const departs = (kind: string): string => DEPARTS[kind] ?? 'leaves its band'
export const part = (name: string): string => PART[name] ?? name.replaceAll('_', ' ')
export const method = (name: string): string => METHOD[name] ?? name.replaceAll('_', ' ')

const WAY: Record<string, string> = {
  exhausted: 'a limit used up',
  queue: 'a growing queue',
  timeout: 'callers giving up',
  retries: 'repeated calls',
  errors: 'failed calls',
  waiting: 'slow calls',
}

const GUARD: Record<string, string> = {
  circuit_breaker: 'circuit breaker',
  load_shedding: 'load shedding',
  bulkhead: 'bulkhead',
  timeout: 'useful time limit',
  retry_budget: 'retry budget',
}

export const way = (name: string): string => WAY[name] ?? name.replaceAll('_', ' ')

/** "No retry budget", "Circuit breaker too late", "Circuit breaker: cannot be told". */
export function guard(name: string, state: string): string {
  const called = GUARD[name] ?? name.replaceAll('_', ' ')
  if (state === 'missing') return `No ${called}`
  const capital = called[0]!.toUpperCase() + called.slice(1)
  return state === 'late' ? `${capital} too late` : `${capital}: cannot be told`
}

/** "1,364 to 1,520 calls in vain", "65 min to 71 min of waiting". */
export function spared(one: { low: number; high: number; unit: string }): string {
  const count = (value: number): string => Math.round(value).toLocaleString('en')
  const long = (value: number): string => (value < 120 ? `${Math.round(value)} s` : value < 7200 ? `${Math.round(value / 60)} min` : `${Math.round(value / 3600)} h`)
  const said = one.unit === 's' ? long : count
  const unit = one.unit === 's' ? 'of waiting' : one.unit === 'calls' ? 'calls in vain' : 'failed requests'
  const [low, high] = [said(one.low), said(one.high)]
  return `${low === high ? low : `${low} to ${high}`} ${unit}`
}

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
