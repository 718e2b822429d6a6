/** For how long no letter may have been pressed before, nor the window have come up, in ms. */
const QUIET_MS = 700
/** For how long none may follow. */
const FOLLOWING_MS = 300

interface LoneKeysDeps {
  /** Runs it later, unless the function returned is called before. */
  later(ms: number, act: () => void): () => void
}

/**
 * Tells a letter that somebody presses by itself from one of a text that they type on in the wrong window: a window that
 * opened by itself takes the rest of their sentence. All times in ms of one clock.
 */
export class LoneKeys {
  readonly #later: LoneKeysDeps['later']
  #quietSince: number
  #forget: () => void = () => undefined

  constructor({ later }: LoneKeysDeps, openedAt: number) {
    this.#later = later
    this.#quietSince = openedAt
  }

  /** The window has got the keys. */
  came(at: number): void {
    this.#quietSince = Math.max(this.#quietSince, at)
  }

  /** A mouse button was pressed in it: whoever did that means this window. */
  touched(): void {
    this.#quietSince = -Infinity
  }

  /** A key that types something; `act` runs if it turns out to be alone. */
  typed(at: number, act?: () => void): void {
    this.#forget()
    const isAlone = at - this.#quietSince >= QUIET_MS
    this.#quietSince = at
    this.#forget = act && isAlone ? this.#later(FOLLOWING_MS, act) : () => undefined
  }

  close(): void {
    this.#forget()
  }
}
