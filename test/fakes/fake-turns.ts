import type { Holder } from '../../src/contract/operations'
import type { Turn, Turns } from '../../src/main/desktop/lock/turns'

/** Turns in memory: first come, first served, with no other process around. */
export class FakeTurns implements Turns {
  #last: Promise<unknown> = Promise.resolve()
  /** The next turns end with these errors instead, as a lock that is not had in time does. */
  readonly refusals: Error[] = []
  holder: Holder | undefined

  withTurn<T>(_reason: string, use: (turn: Turn) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const mine = this.#last.then(() => {
      signal?.throwIfAborted()
      const refusal = this.refusals.shift()
      if (refusal) throw refusal
      return use({ waitedMs: 0, check: () => undefined })
    })
    this.#last = mine.catch(() => undefined)
    return mine
  }

  foreignHolder(): Holder | undefined {
    return this.holder
  }
}
