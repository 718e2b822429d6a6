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

/** All that the window's page can reach: one object named `waggle`. */
export interface Bridge {
  /** Never rejects for a refused operation: the answer says so. */
  call(method: string, params: unknown): Promise<Answer>
  /** Calls back with every event after `events.subscribe`; returns the way to stop. */
  onEvent(listener: (event: WaggleEvent) => void): () => void
}
