import type { Clock } from '../../src/main/clock'

/** A clock in which every wait is over at once and has taken its time: deadlines pass without anybody waiting. */
export class HastyClock implements Clock {
  private elapsed = 0

  now(): number {
    return Date.UTC(2026, 0, 1) + this.elapsed
  }

  monotonic(): number {
    return this.elapsed
  }

  async wait(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    this.pass(ms)
    await new Promise((resolve) => setImmediate(resolve))
  }

  setTimer(ms: number, call: () => void): () => void {
    const timer = setImmediate(() => {
      this.pass(ms)
      call()
    })
    return () => clearImmediate(timer)
  }

  pass(ms: number): void {
    this.elapsed += ms
  }
}
