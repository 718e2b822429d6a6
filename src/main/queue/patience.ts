import type { Clock } from '../clock'

/** How long each message has waited for the person at the desk, so that it may give up where the settings say so. */
export class Patience {
  readonly #clock: Pick<Clock, 'monotonic'>
  readonly #since = new Map<string, number>()

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock
  }

  /** True once this message has waited for `limitMs`; never where there is no limit. */
  isOver(id: string, limitMs: number | undefined): boolean {
    const now = this.#clock.monotonic()
    const since = this.#since.get(id) ?? now
    this.#since.set(id, since)
    return limitMs !== undefined && now - since >= limitMs
  }

  /** The person has left: all begin anew. */
  renew(): void {
    this.#since.clear()
  }
}
