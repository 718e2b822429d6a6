import { setImmediate } from 'node:timers/promises'

/** Somebody with work to do, a piece at a time. */
export interface Guest {
  /** Begins the next piece; false when there is none that may begin now. */
  step(): boolean
}

/** After so long others have their turn: sockets are read, answers written, deliveries go on. */
const SLICE_MS = 5

/** Everybody's next piece of work in turn, so that who has a thousand holds up nobody who has one. */
export class Rounds {
  readonly #monotonic: () => number
  readonly #ready = new Set<Guest>()
  #isRunning = false

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic
  }

  /** To be called whenever a piece of the guest's work may have become possible. */
  call(guest: Guest): void {
    this.#ready.add(guest)
    if (this.#isRunning) return
    this.#isRunning = true
    void this.#run()
  }

  leave(guest: Guest): void {
    this.#ready.delete(guest)
  }

  async #run(): Promise<void> {
    let since = this.#monotonic()
    for (const guest of this.#ready) {
      this.#ready.delete(guest)
      if (guest.step()) {
        // Added anew it stands at the end, and the loop comes to it again.
        this.#ready.add(guest)
        await settled()
      }
      if (this.#monotonic() - since < SLICE_MS) continue
      await setImmediate()
      since = this.#monotonic()
    }
    this.#isRunning = false
  }
}

/** Resolves when all that follows at once from what was begun is done: Node goes on with ticks only then. */
function settled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve))
}
