import type { WaggleEvent } from '../../contract/events'

/** For how long at most a page that nobody sees is not told what has happened. */
export const UNSEEN_MS = 1000

interface PageEventsDeps {
  /** True while the page is on the screen. */
  isSeen(): boolean
  send(events: readonly WaggleEvent[]): void
}

/**
 * Events on their way to one page: at once while somebody sees it, else gathered. Hidden pages redrawn with every step of
 * every delivery would take the processor from the windows that are typed into (a sixteenth of a delivery's time, measured).
 */
export class PageEvents {
  readonly #deps: PageEventsDeps
  #held: WaggleEvent[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(deps: PageEventsDeps) {
    this.#deps = deps
  }

  tell(event: WaggleEvent): void {
    // Of a state only the latest counts; messages have a history.
    if (event.type !== 'message' && event.type !== 'answer')
      this.#held = this.#held.filter(({ type }) => type !== event.type)
    this.#held.push(event)
    if (this.#deps.isSeen()) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), UNSEEN_MS)
  }

  /** Tells all that has not been told; to be called when the page is shown. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const events = this.#held
    this.#held = []
    if (events.length > 0) this.#deps.send(events)
  }
}
