import type { Holder } from '../../../contract/operations'
import type { Clock } from '../../clock'
import type { Log } from '../../log'
import { type LockSettings, lockHolder, LockTaker } from './desktop-lock'

/** The exclusive right to the desktop, while it lasts. */
export interface Turn {
  /** How long it was waited for, in ms. */
  readonly waitedMs: number
  /** Throws {@link TurnLost} unless the desktop is still ours at this instant. Call it before every step that acts. */
  check(): void
}

export interface Turns {
  /**
   * Waits first come, first served within the app, then for the lock across processes, runs `use`, gives the turn back.
   * Rejects with {@link TurnTimeout} after the lock's timeout, with `LockUnusable` where waiting would not help, or with
   * the signal's reason.
   */
  withTurn<T>(reason: string, use: (turn: Turn) => Promise<T>, signal?: AbortSignal): Promise<T>
  /** Another process that holds the desktop, if one does. */
  foreignHolder(): Holder | undefined
}

interface TurnsDeps {
  /** Read at each turn, so that a changed setting holds at once. */
  readonly lock: () => LockSettings
  readonly clock: Clock
  readonly log: Log
}

export function createTurns({ lock, clock, log }: TurnsDeps): Turns {
  let last: Promise<unknown> = Promise.resolve()
  let isOurs = false
  const taker = new LockTaker(clock)

  /** Runs `use` when all who asked before are done, whether or not they succeeded. */
  async function inLine<T>(use: () => Promise<T>): Promise<T> {
    const mine = last.then(use, use)
    last = mine.catch(() => undefined)
    return mine
  }

  return {
    async withTurn(reason, use, signal) {
      const asked = clock.monotonic()
      return inLine(async () => {
        const mine = await taker.take(lock(), reason, signal)
        const waitedMs = clock.monotonic() - asked
        log.debug(`turn: ${reason} waited ${Math.round(waitedMs)} ms`)
        isOurs = true
        try {
          return await use({ waitedMs, check: () => mine.check() })
        } finally {
          isOurs = false
          await mine.release()
        }
      })
    },

    foreignHolder() {
      // Asked for with every status, and the lock's files take a millisecond to read.
      if (isOurs) return undefined
      const holder = lockHolder(lock().path)
      return holder?.pid === process.pid ? undefined : holder
    },
  }
}
