import type { Message } from '../../contract/message'
import type { Clock } from '../clock'
import type { Log } from '../log'
import type { MessageStore } from './message-store'

export interface Expiry {
  /** A queued message expires at this time (ISO 8601), if it does. */
  notice(expiresAt: string | undefined): void
  /** Expires at once what is due, without waiting for the timer: after a suspend it comes late. */
  check(): void
  close(): void
}

interface ExpiryDeps {
  readonly store: Pick<MessageStore, 'expire' | 'nextExpiry'>
  readonly clock: Clock
  readonly log: Log | undefined
  readonly expired: (messages: readonly Message[]) => void
}

const RETRY_MS = 1000
/** The timer follows a clock that nobody sets: where the wall clock was set forward, it must not come much too late. */
const LOOK_AGAIN_MS = 30_000

/** Lets queued messages expire when their time has come, by one timer for the next of them. */
export function createExpiry({ store, clock, log, expired }: ExpiryDeps): Expiry {
  let next = Infinity
  let cancelTimer: (() => void) | undefined

  const arm = (inMs: number) => {
    cancelTimer?.()
    cancelTimer = next === Infinity ? undefined : clock.setTimer(Math.min(inMs, LOOK_AGAIN_MS), onTimer)
  }
  const check = () => {
    if (clock.now() < next) return
    const messages = store.expire()
    const after = store.nextExpiry()
    next = after === undefined ? Infinity : Date.parse(after)
    arm(next - clock.now())
    expired(messages)
  }
  const onTimer = () => {
    try {
      // The timer follows the monotonic clock, the messages the wall clock: it may still be too early.
      if (clock.now() < next) arm(next - clock.now())
      else check()
    } catch (error) {
      log?.error(`Messages could not be expired: ${String(error)}. Trying again in a second.`)
      arm(RETRY_MS)
    }
  }

  return {
    check,
    notice(expiresAt) {
      const at = expiresAt === undefined ? Infinity : Date.parse(expiresAt)
      if (at >= next) return
      next = at
      arm(at - clock.now())
    },
    close() {
      cancelTimer?.()
      next = Infinity
    },
  }
}
