import type { Offer } from './desktop'

export type OfferState = Pick<Offer, 'taken' | 'copied' | 'replaced' | 'marked' | 'stolen'>

/** An offer that whoever watches the clipboard brings up to date. */
export class WatchedOffer implements Offer {
  taken: boolean | undefined = false
  copied: string | undefined = undefined
  replaced = false
  marked: string | undefined = ''
  stolen = false
  #listener: (state: OfferState) => void = () => undefined
  #wake: (() => void)[] = []

  /** Calls the listener after every change, and at once if there has been one. */
  watch(listener: (state: OfferState) => void): void {
    this.#listener = listener
    if (this.taken || this.replaced || this.marked !== '' || this.stolen) this.#tell()
  }

  update(change: Partial<OfferState>): void {
    Object.assign(this, change)
    this.#tell()
    for (const wake of this.#wake.splice(0)) wake()
  }

  #tell(): void {
    const { taken, copied, replaced, marked, stolen } = this
    this.#listener({ taken, copied, replaced, marked, stolen })
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
