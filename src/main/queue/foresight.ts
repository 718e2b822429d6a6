import type { Clock } from '../clock'
import type { Waiting } from './message-store'

/** For how long an agent found ready counts as ready. Its delivery looks again at window and person. */
const HOLDS_MS = 100

/** Who comes next, looked up while an agent's program empties its input: nothing else is to be done then. */
export class Foresight {
  readonly #clock: Pick<Clock, 'monotonic'>
  #seen: Promise<{ readonly to: string; readonly at: number } | undefined> = Promise.resolve(undefined)

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock
  }

  /** Looks by `choose`, which answers with a message whose agent is ready. */
  look(choose: () => Promise<Waiting | undefined>): void {
    const at = this.#clock.monotonic()
    // What the delivery itself asks of the desktop in this step goes first.
    const chosen = Promise.resolve().then(choose)
    this.#seen = chosen.then(
      (next) => next && { to: next.to, at },
      // What goes wrong here goes wrong again, and is told, when the turn chooses.
      () => undefined,
    )
  }

  /** The agent last found ready, if it was a moment ago; once. */
  async take(): Promise<string | undefined> {
    const seen = await this.#seen
    this.#seen = Promise.resolve(undefined)
    return seen && this.#clock.monotonic() - seen.at < HOLDS_MS ? seen.to : undefined
  }
}
