import type { Desktop } from './desktop'
import type { OfferState } from './watched-offer'

/** What the two threads say to each other: one line each way, told apart by their fields. */
export interface Call {
  readonly id: number
  readonly method: keyof Desktop | 'restoreClipboard'
  readonly args: readonly unknown[]
}

export type Reply =
  | { readonly id: number; readonly result: unknown }
  /** `name` is that of the error's class. */
  | { readonly id: number; readonly error: string; readonly name?: string }
  | { readonly offer: number; readonly state: OfferState }
  /** `window` is what wakes it, where that takes one. */
  | { readonly ready: true; readonly window?: number }
  | { readonly failed: string }
  | End

/** The worker's last word: it can do nothing any more. */
export interface End {
  readonly lost: string
  /** What a person had on the clipboard, for the next one alone to understand. */
  readonly left: readonly unknown[]
}
