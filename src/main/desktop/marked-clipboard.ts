import type { Desktop, Offer } from './desktop'

/** What Electron's clipboard must do for it: write a text with a mark beside it, in one go. */
export interface SystemClipboard {
  readText(): Promise<string>
  writeMarked(text: string): Promise<void>
  /** True while what {@link SystemClipboard.writeMarked} wrote is still there. */
  isMarked(): Promise<boolean>
}

const POLL_MS = 5

/**
 * A clipboard that can be watched where the system does not tell who takes a text: the offer carries a mark in a format
 * of our own, which no paste shows, and a copy made since has replaced the mark along with the text. Whose copy it was
 * cannot be known, so `stolen` stays false, and so does `taken`.
 */
export function createMarkedClipboard(clipboard: SystemClipboard): Pick<Desktop, 'offerText' | 'readText'> {
  return {
    async offerText(text) {
      await clipboard.writeMarked(text)
      return new MarkedOffer(clipboard)
    },
    readText: () => clipboard.readText(),
  }
}

class MarkedOffer implements Offer {
  readonly taken = false
  readonly stolen = false
  replaced = false
  readonly #clipboard: SystemClipboard

  constructor(clipboard: SystemClipboard) {
    this.#clipboard = clipboard
  }

  async changed(deadlineMs: number): Promise<void> {
    const end = performance.now() + deadlineMs
    while (!this.replaced && performance.now() < end) {
      this.replaced = !(await this.#clipboard.isMarked())
      if (!this.replaced) await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }
}
