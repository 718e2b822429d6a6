import type { Clock } from '../../clock'
import type { Pace } from './acquaintance'

/** What an editor must be given time to learn of before the next key: a paste, and that its text is selected no more. */
export class Pauses {
  readonly #clock: Clock
  readonly #pace: () => Pace
  #pastedAt = -Infinity
  #leftAt = -Infinity

  constructor(clock: Clock, pace: () => Pace) {
    this.#clock = clock
    this.#pace = pace
  }

  /** A paste was taken. */
  pasted(): void {
    this.#pastedAt = this.#clock.monotonic()
  }

  /** A selection of ours was left. */
  selectionLeft(): void {
    this.#leftAt = this.#clock.monotonic()
  }

  /** A paste that is still under way would be lost by another selection or a click; a look by the tree need not wait. */
  async pasteOver(): Promise<void> {
    await this.#until(this.#pastedAt + this.#pace().pasteMs)
  }

  /** What comes before an editor has learnt that its text is not selected any more would replace all of it. */
  async selectionOver(): Promise<void> {
    await this.#until(this.#leftAt + this.#pace().copyMs)
  }

  async #until(time: number): Promise<void> {
    const leftMs = time - this.#clock.monotonic()
    if (leftMs > 0) await this.#clock.wait(leftMs)
  }
}
