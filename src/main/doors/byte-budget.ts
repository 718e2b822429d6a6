/** Somebody who makes us hold bytes. */
export interface Holder {
  /** Is over: nothing is held for it any more. */
  letGo(): void
}

/** Bytes that are held for all clients together; over the limit, those go first that have made us hold some for longest. */
export class ByteBudget {
  readonly #limit: number
  readonly #held = new Map<Holder, number>()
  #total = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** So much is held for this one now. May let go of some, of this one, too. */
  set(holder: Holder, bytes: number): void {
    this.#total += bytes - (this.#held.get(holder) ?? 0)
    if (bytes === 0) this.#held.delete(holder)
    else this.#held.set(holder, bytes)
    for (const [longest, own] of this.#held) {
      if (this.#total <= this.#limit) return
      this.#held.delete(longest)
      this.#total -= own
      longest.letGo()
    }
  }
}
