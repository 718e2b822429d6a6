import type { Clock } from '../../clock'
import type { Desktop, Offer } from '../../desktop/desktop'
import { NotSubmitted } from './not-submitted'

interface OffersDeps {
  readonly desktop: Pick<Desktop, 'offerText'>
  readonly clock: Clock
  /** True once the delivery should end before its next act. */
  readonly stopped: () => boolean
  /** Throws unless the desktop is still ours. */
  readonly check: () => void
}

/** Texts of ours on the clipboard for one window's program, and what its keys do with them. */
export class Offers {
  readonly #window: string
  readonly #deps: OffersDeps
  /** The one that was pasted last, until a copy was looked for. */
  #pasted: Offer | undefined

  constructor(window: string, deps: OffersDeps) {
    this.#window = window
    this.#deps = deps
  }

  /** Offers the text while the keys that are to find it are already on their way. */
  async offer(text: string, press: () => Promise<void>): Promise<Offer> {
    this.#deps.check()
    const offering = this.#deps.desktop.offerText(text, this.#window)
    // What went wrong with it is told once the keys are through: nothing else is to be done while they are.
    offering.catch(() => undefined)
    await press()
    return offering
  }

  wasPasted(offer: Offer): void {
    this.#pasted = offer
  }

  /**
   * An offer that a copy will replace. Right after a paste it is the paste's own: Chromium asks for a text several times
   * while it pastes, and would get another one.
   */
  async watched(press: () => Promise<void>): Promise<Offer> {
    const pasted = this.#pasted
    this.#pasted = undefined
    if (!pasted || pasted.replaced || pasted.stolen) return this.offer('', press)
    await press()
    return pasted
  }

  /** True once what is asked for has happened to the offer; false when it did not within the deadline. */
  async settled(offer: Offer, deadlineMs: number, isSettled: () => boolean): Promise<boolean> {
    const { clock, stopped } = this.#deps
    const end = clock.monotonic() + deadlineMs
    while (!isSettled()) {
      const left = end - clock.monotonic()
      if (left <= 0 || stopped()) return false
      await offer.changed(left)
      if (offer.stolen) {
        throw new NotSubmitted('user-active', 'You copied something during the delivery.')
      }
    }
    return true
  }
}
