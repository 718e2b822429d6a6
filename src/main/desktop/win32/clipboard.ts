import type { OfferState } from '../watched-offer'
import { clipboard } from './calls'
import { pump } from './message-window'
import {
  CF_UNICODETEXT,
  formatNamed,
  put,
  putText,
  readAll,
  readHtmlNow,
  readTextNow,
  withClipboard,
  type Kept,
} from './clipboard-data'
import { ownerOf } from './programs'

const [WM_RENDERFORMAT, WM_RENDERALLFORMATS, WM_DESTROYCLIPBOARD, WM_CLIPBOARDUPDATE] = [
  0x305, 0x306, 0x307, 0x31d,
] as const
/** What keeps a text of ours out of the history, the cloud and programs that collect what is copied. */
const PRIVATE = [
  'ExcludeClipboardContentFromMonitorProcessing',
  'Clipboard Viewer Ignore',
  'CanIncludeInClipboardHistory',
  'CanUploadToCloudClipboard',
]
/** What a person had is in their history already. */
const NOT_AGAIN = 'CanIncludeInClipboardHistory'
const FALSE = Buffer.alloc(4)

interface Offered {
  readonly id: number
  readonly text: string
  /** The program it is for; 0 for everyone. */
  readonly pid: number
  state: OfferState
}

/**
 * The clipboard, owned by this thread's window. A text is promised and handed over when asked for (delayed rendering), so
 * a paste is seen; who asks is the program that has the clipboard open then. Each change names its new owner.
 */
export class Clipboard {
  readonly #window: number
  readonly #tell: (offer: number, state: OfferState) => void
  #offer: Offered | undefined
  #kept: { readonly id: number; readonly data: readonly Kept[] } | undefined
  /** What the system counts for the last change that is none of a person's. */
  #ours = 0
  /** Whoever emptied what was ours. */
  #emptiedBy = 0
  #isReplacing = false

  constructor(window: number, tell: (offer: number, state: OfferState) => void) {
    this.#window = window
    this.#tell = tell
    clipboard.AddClipboardFormatListener(window)
  }

  hear(message: number): number | undefined {
    if (message === WM_RENDERFORMAT) this.#render()
    else if (message === WM_DESTROYCLIPBOARD) {
      if (!this.#isReplacing) this.#emptiedBy = clipboard.GetOpenClipboardWindow()
    } else if (message === WM_CLIPBOARDUPDATE) this.#noticeChange()
    else if (message !== WM_RENDERALLFORMATS) return undefined
    return 0
  }

  offer(id: number, text: string, windowId: string | undefined): void {
    pump()
    const state = { taken: false, copied: undefined, replaced: false, marked: undefined, stolen: false }
    const pid = windowId === undefined ? 0 : ownerOf(Number(windowId)).pid
    this.#replace(() => {
      for (const name of PRIVATE) put(formatNamed(name), FALSE)
      if (pid === 0) putText(text)
      else clipboard.SetClipboardData(CF_UNICODETEXT, 0)
    })
    this.#offer = { id, text, pid, state }
    this.#emptiedBy = 0
    this.#update({})
  }

  /** Asked of ourselves it would count as taken. */
  readText(): string {
    pump()
    return this.#offer && this.#isOwner() ? this.#offer.text : readTextNow(this.#window)
  }

  readHtml(): string {
    pump()
    return this.#offer && this.#isOwner() ? '' : readHtmlNow(this.#window)
  }

  /** What our own last message has left there is nobody's: then what was kept before it still counts. */
  keep(id: number): void {
    pump()
    const data = this.#kept && this.#isOurs() ? this.#kept.data : readAll(this.#window)
    this.#kept = { id, data }
    this.#offer = undefined
    this.#ours = 0
  }

  putBack(id: number): void {
    pump()
    const kept = this.#kept
    if (kept?.id !== id || !this.#isOurs()) return
    this.#replace(() => {
      for (const [format, data] of kept.data) put(format, data)
      if (kept.data.length > 0) put(formatNamed(NOT_AGAIN), FALSE)
    })
    this.#offer = undefined
    this.#ours = 0
  }

  #isOwner(): boolean {
    return clipboard.GetClipboardOwner() === this.#window
  }

  #isOurs(): boolean {
    if (!this.#offer || this.#offer.state.stolen) return false
    return this.#isOwner() || clipboard.GetClipboardSequenceNumber() === this.#ours
  }

  #replace(fill: () => void): void {
    this.#isReplacing = true
    try {
      withClipboard(this.#window, () => {
        clipboard.EmptyClipboard()
        fill()
      })
    } finally {
      this.#isReplacing = false
    }
  }

  /**
   * Any other program than the one it is for gets nothing, and the promise stays as it is. Some open the clipboard
   * without a window and cannot be told; they get it, and the look at the input decides.
   */
  #render(): void {
    const offer = this.#offer
    if (!offer) return
    const asker = ownerOf(clipboard.GetOpenClipboardWindow()).pid
    if (offer.pid !== 0 && asker !== 0 && asker !== offer.pid) return
    putText(offer.text)
    this.#update({ taken: true })
  }

  #noticeChange(): void {
    const offer = this.#offer
    const count = clipboard.GetClipboardSequenceNumber()
    if (!offer || this.#isOwner() || count === this.#ours) return
    const pid = ownerOf(clipboard.GetClipboardOwner() || this.#emptiedBy).pid
    if (offer.pid === 0 || pid !== offer.pid) return this.#update({ stolen: true })
    this.#ours = count
    this.#update({ replaced: true })
    this.#update({ copied: this.#readCopied() })
  }

  /** A program that copies and then does not say what has shown nothing that anybody could read back. */
  #readCopied(): string | undefined {
    try {
      return readTextNow(this.#window)
    } catch {
      return undefined
    }
  }

  #update(change: Partial<OfferState>): void {
    const offer = this.#offer
    if (!offer) return
    offer.state = { ...offer.state, ...change }
    this.#tell(offer.id, offer.state)
  }
}
