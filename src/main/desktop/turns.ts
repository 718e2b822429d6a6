import type { Holder } from '../../contract/operations'

/** The exclusive right to the desktop, while it lasts. */
export interface Turn {
  /** How long it was waited for, in ms, and how much of that was the lock itself. */
  readonly waitedMs: number
  /** Throws {@link TurnLost} unless the desktop is still ours at this instant. Call it before every step that acts. */
  check(): void
}

export class TurnLost extends Error {
  override readonly name = 'TurnLost'
}

/** Nobody gave the desktop back within the timeout. */
export class TurnTimeout extends Error {
  override readonly name = 'TurnTimeout'
}

export interface Turns {
  /**
   * Waits first come, first served within the app, then for the lock across processes, runs `use`, gives the turn back.
   * Rejects with {@link TurnTimeout} after the lock's timeout, or with the signal's reason.
   */
  withTurn<T>(reason: string, use: (turn: Turn) => Promise<T>, signal?: AbortSignal): Promise<T>
  /** Another process that holds the desktop, if one does. */
  foreignHolder(): Holder | undefined
}
