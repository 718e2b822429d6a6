import type { Offer } from './desktop'

export type OfferState = Pick<Offer, 'taken' | 'replaced' | 'stolen'>

/** An offer that whoever watches the clipboard brings up to date. */
export class WatchedOffer implements Offer {
  taken = false
  replaced = false
  stolen = false
  /** Called after every change. */
  onUpdate: (state: OfferState) => void = () => undefined
  #wake: (() => void)[] = []

  update(change: Partial<OfferState>): void {
    Object.assign(this, change)
    const { taken, replaced, stolen } = this
    this.onUpdate({ taken, replaced, stolen })
    for (const wake of this.#wake.splice(0)) wake()
  }

  async changed(deadlineMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, deadlineMs)
      this.#wake.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}
