/**
 * Whether a socket of the meeting is alive. The server says something at least every ten seconds (`beat` where it has
 * nothing else to tell); a network that dies without a word leaves a socket open, and silent, for minutes.
 */

/** Two and a half of the server's beats: one may be late. */
export const SILENT_MS = 25_000
/** Until the first word on a socket that is being opened. */
export const OPENING_MS = 20_000

export class Pulse {
  private timer = 0

  /** `silent` is called once where nothing was felt for too long. */
  constructor(private readonly silent: () => void) {}

  /** A socket is being opened. */
  begin(): void {
    this.wait(OPENING_MS)
  }

  /** Something came. */
  felt(): void {
    this.wait(SILENT_MS)
  }

  /** There is no socket to feel for. */
  stop(): void {
    clearTimeout(this.timer)
  }

  private wait(ms: number): void {
    this.stop()
    this.timer = globalThis.setTimeout(this.silent, ms) as unknown as number
  }
}
