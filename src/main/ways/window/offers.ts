import type { Clock } from '../../clock'
import type { Desktop, Offer } from '../../desktop/desktop'
import { NotSubmitted, notTaken, PastedItsOwn, unreadable } from './not-submitted'

/** How long an act may take to be seen: a busy program answers keys late, and late is no reason to give up. */
const SEEN_MS = 3000
/** Within what time a stop is seen. */
const STOP_SEEN_MS = 25
/** How long a program is waited for that is just about to take its text. */
const TAKEN_LATE_MS = 60

export interface OffersDeps {
  readonly desktop: Pick<Desktop, 'offerText'>
  readonly agent: string
  readonly clock: Clock
  /** True once the delivery should end before its next act. */
  readonly stopped: () => boolean
  /** Aborts when that is to be at once. */
  readonly over: AbortSignal
  readonly leaveClipboard: () => void
  /** Throws unless the desktop is still ours. */
  readonly check: () => void
}

/** Texts of ours on the clipboard for one window's program, and what its keys do with them. */
export class Offers {
  readonly #window: string
  readonly #deps: OffersDeps
  /** The one that was pasted last, until a copy was looked for. */
  #pasted: Offer | undefined
  /** The last one that nothing was copied over while that was waited for. */
  #inVain: Offer | undefined

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

  /**
   * An offer that a copy will replace. Right after a paste it is the paste's own: Chromium asks for a text several times
   * while it pastes, and would get another one.
   */
  async watched(press: () => Promise<void>): Promise<Offer> {
    const pasted = this.#pasted
    this.#pasted = undefined
    this.#inVain = undefined
    if (!pasted || pasted.replaced || pasted.stolen) return this.offer('', press)
    await press()
    return pasted
  }

  /** True if a copy that was waited for in vain has come since: it tells what was taken for nothing. */
  get cameLate(): boolean {
    return this.#inVain?.replaced ?? false
  }

  /** What was copied over it; undefined where nothing was in that time, or nothing more is to come. */
  async copied(
    offer: Offer,
    absentMs = SEEN_MS,
    isInVain: () => boolean = () => false,
  ): Promise<string | undefined> {
    await this.#settled(offer, absentMs, () => offer.replaced || isInVain())
    if (!offer.replaced) {
      this.#inVain = offer
      return undefined
    }
    await this.#settled(offer, SEEN_MS, () => offer.copied !== undefined)
    if (offer.copied === undefined) throw unreadable(this.#deps.agent)
    return offer.copied
  }

  /**
   * Resolves once the window's program has taken the text, at once where the system cannot tell; rejects when it has not,
   * with {@link PastedItsOwn} where a copy of before came in between.
   */
  async taken(offer: Offer): Promise<void> {
    const { agent, check } = this.#deps
    const isTaken = await this.#settled(offer, SEEN_MS, () => offer.taken !== false || offer.replaced)
    if (offer.taken === false && offer.replaced) {
      await this.#settled(offer, SEEN_MS, () => offer.copied !== undefined)
      throw new PastedItsOwn(agent, offer.copied ?? '')
    }
    if (!isTaken) {
      await this.#leave(offer)
      check()
      throw notTaken(agent)
    }
    this.#pasted = offer
  }

  /** A program that may still take it, after all has been stopped, must not get what the person has copied instead. */
  async #leave(offer: Offer): Promise<void> {
    const { over, leaveClipboard } = this.#deps
    if (!over.aborted) return
    await offer.changed(TAKEN_LATE_MS)
    if (offer.taken === false) leaveClipboard()
  }

  /** True once what is asked for has happened to the offer; false when it did not within the deadline. */
  async #settled(offer: Offer, deadlineMs: number, isSettled: () => boolean): Promise<boolean> {
    const { clock, stopped } = this.#deps
    const end = clock.monotonic() + deadlineMs
    while (!isSettled()) {
      const left = end - clock.monotonic()
      if (left <= 0 || stopped()) return false
      await offer.changed(Math.min(left, STOP_SEEN_MS))
      if (offer.stolen) {
        throw new NotSubmitted('user-active', 'You copied something during the delivery.')
      }
    }
    return true
  }
}
