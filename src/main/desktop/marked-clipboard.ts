import type { Desktop, Offer } from './desktop'

/** What Electron's clipboard must do for it: write a text with a mark beside it, in one go. */
export interface SystemClipboard {
  readText(): Promise<string>
  writeMarked(text: string): Promise<void>
  /** True while what {@link SystemClipboard.writeMarked} wrote is still there. */
  isMarked(): Promise<boolean>
  /** Empty where there is none. */
  readHtml(): Promise<string>
  /** Reads all formats; the function returned writes them again. */
  copyAll(): Promise<() => Promise<void>>
}

const POLL_MS = 5

/**
 * A clipboard that can be watched where the system does not tell who takes a text: the offer carries a mark in a format
 * of our own, which no paste shows, and a copy made since has replaced the mark along with the text. Whose copy it was
 * cannot be known, so `stolen` stays false, and `taken` unknown.
 */
export function createMarkedClipboard(
  clipboard: SystemClipboard,
): Pick<Desktop, 'offerText' | 'readText' | 'readHtml' | 'keepClipboard'> {
  let last: MarkedOffer | undefined
  return {
    async offerText(text) {
      await clipboard.writeMarked(text)
      last = new MarkedOffer(clipboard)
      return last
    },
    readText: () => clipboard.readText(),
    readHtml: () => clipboard.readHtml(),
    async keepClipboard() {
      const putBack = await clipboard.copyAll()
      last = undefined
      return async () => {
        // Once the mark is gone nobody can tell our own copies from a person's; those that were watched are ours.
        if (last && (last.copied !== undefined || (await clipboard.isMarked()))) await putBack()
      }
    },
  }
}

class MarkedOffer implements Offer {
  readonly taken = undefined
  readonly marked = undefined
  readonly stolen = false
  copied: string | undefined = undefined

  get replaced(): boolean {
    return this.copied !== undefined
  }

  readonly #clipboard: SystemClipboard

  constructor(clipboard: SystemClipboard) {
    this.#clipboard = clipboard
  }

  async changed(deadlineMs: number): Promise<void> {
    const end = performance.now() + deadlineMs
    while (this.copied === undefined && performance.now() < end) {
      if (!(await this.#clipboard.isMarked())) this.copied = await this.#clipboard.readText()
      else await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }
}
