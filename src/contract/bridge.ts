import type { WaggleEvent } from './events'

/** An operation's outcome as it crosses to the window: an Error would lose its code and data on the way. */
export type Answer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: BridgeError }

export interface BridgeError {
  readonly code: number
  readonly message: string
  readonly data?: Readonly<Record<string, unknown>>
}

/** What a window was opened for, told to its page. */
export type Wish =
  | {
      readonly show: 'message'
      readonly id: string
      /** Ready to be answered. */
      readonly reply?: true
    }
  | { readonly show: 'write'; readonly to?: string }

/**
 * How the quick-send window stands: with the focus, to be written in; out of sight, the focus back where it was; small in
 * a corner, without the focus, telling how the messages go; closed.
 */
export const stances = ['write', 'aside', 'follow', 'closed'] as const
export type Stance = (typeof stances)[number]

/** All that the window's page can reach: one object named `waggle`. */
export interface Bridge {
  /** Never rejects for a refused operation: the answer says so. */
  call(method: string, params: unknown): Promise<Answer>
  /** Calls back with every event after `events.subscribe`; returns the way to stop. */
  onEvent(listener: (event: WaggleEvent) => void): () => void
  /** Calls back whenever the window is opened for something; returns the way to stop. */
  onWish(listener: (wish: Wish) => void): () => void
  /** Asks the page's own window to stand so; resolves once it does. Only the quick-send window knows how. */
  stand(stance: Stance): Promise<void>
}
