import { waitBy, type Clock } from '../../src/main/clock'

interface Timer {
  readonly due: number
  readonly call: () => void
}

/** A clock that stands still until a test advances it. Wall and monotonic time move together; `setWall` parts them. */
export class FakeClock implements Clock {
  #monotonic = 0
  #wallOffset: number
  readonly #timers = new Set<Timer>()

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#wallOffset = start
  }

  now(): number {
    return this.#wallOffset + this.#monotonic
  }

  monotonic(): number {
    return this.#monotonic
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return waitBy(this, ms, signal)
  }

  setTimer(ms: number, call: () => void): () => void {
    const timer: Timer = { due: this.#monotonic + Math.max(ms, 0), call }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Timers that have not fired. */
  get pending(): number {
    return this.#timers.size
  }

  /** Sets the wall clock, as a person or a time server does; timers do not notice. */
  setWall(now: number): void {
    this.#wallOffset = now - this.#monotonic
  }

  /** Moves time on, firing what falls due in its order, and lets what each timer started settle before the next. */
  async advance(ms: number): Promise<void> {
    const until = this.#monotonic + ms
    await settle()
    for (let timer = this.#dueBy(until); timer; timer = this.#dueBy(until)) {
      this.#timers.delete(timer)
      this.#monotonic = Math.max(this.#monotonic, timer.due)
      timer.call()
      await settle()
    }
    this.#monotonic = until
    await settle()
  }

  #dueBy(until: number): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) {
      if (timer.due <= until && (!first || timer.due < first.due)) first = timer
    }
    return first
  }
}

/** Lets pending promises and immediates run; a few rounds, since one may start another. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 4; round++) await new Promise((resolve) => setImmediate(resolve))
}
