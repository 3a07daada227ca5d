/** Lengths of spans as a reader wants them. */

/** "0", "120 µs", "4.2 ms", "50 s", "2 min 05 s". */
export function length(ms: number): string {
  if (ms === 0) return '0'
  if (ms < 1) return `${Math.round(ms * 1000)} µs`
  if (ms < 1000) return `${Number(ms.toFixed(ms < 10 ? 1 : 0))} ms`
  if (ms < 100_000) return `${Number((ms / 1000).toFixed(ms < 10_000 ? 2 : 1))} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}

/** Round offsets from the left edge, in ms, at most `most` of them. */
export function offsets(length_ms: number, most: number): number[] {
  const size = 10 ** Math.floor(Math.log10(Math.max(length_ms / Math.max(most, 1), 1e-6)))
  const by = [1, 2, 5, 10].map((one) => one * size).find((one) => length_ms / one <= most) ?? size * 10
  return Array.from({ length: Math.floor(length_ms / by) + 1 }, (_, i) => i * by)
}
