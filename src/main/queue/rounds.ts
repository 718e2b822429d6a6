import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Queue } from './queue'

interface RoundsDeps {
  readonly queue: Pick<Queue, 'changed'>
  readonly clock: Clock
  readonly log: Log
  /** Ends the rounds. */
  readonly stopping: AbortSignal
}

/** A pause after an error of our own, so that it does not repeat itself thousands of times a second. */
export const TROUBLE_PAUSE_MS = 1000
/** Left out, each abort would make an error that nobody reads, with its stack. */
const WOKEN = 'woken'

/** Does something again and again: at once as long as there is something to do, else when that may have changed. */
export class Rounds {
  readonly #deps: RoundsDeps
  #nap = new AbortController()

  constructor(deps: RoundsDeps) {
    this.#deps = deps
    deps.stopping.addEventListener('abort', () => this.wake())
  }

  /** `round` says whether it did something, `nextMs` in how many ms there is something to do again by itself, if so. */
  async run(round: () => Promise<boolean>, nextMs: () => number | undefined): Promise<void> {
    const { queue, log, stopping } = this.#deps
    while (!stopping.aborted) {
      this.#nap = new AbortController()
      // Listening begins before looking, or a message that comes in between would wait for the next one.
      const change = queue.changed(this.#nap.signal)
      try {
        if (await round()) continue
        await this.#sleepUntil(change, nextMs())
      } catch (error) {
        log.error(`The courier stumbled and goes on: ${String(error)}`)
        await this.pause()
      } finally {
        this.#nap.abort(WOKEN)
      }
    }
  }

  /** Something to do may have come up. */
  wake(): void {
    this.#nap.abort(WOKEN)
  }

  async pause(): Promise<void> {
    await this.#deps.clock.wait(TROUBLE_PAUSE_MS, this.#deps.stopping).catch(() => undefined)
  }

  async #sleepUntil(change: Promise<void>, ms: number | undefined): Promise<void> {
    const cancelTimer = ms === undefined ? undefined : this.#deps.clock.setTimer(ms, () => this.wake())
    await change
    cancelTimer?.()
  }
}
