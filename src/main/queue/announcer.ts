import type { WaggleEvent } from '../../contract/events'
import type { Message } from '../../contract/message'
import type { QueueStatus } from '../../contract/operations'
import type { Clock } from '../clock'
import type { Log } from '../log'

export type QueueEvent = Extract<WaggleEvent, { type: 'message' | 'queue' }>

/** A status at most this often: a window that lists thousands of changes a second helps nobody. */
const STATUS_EVERY_MS = 50

export interface Announcer {
  subscribe(listener: (event: QueueEvent) => void): () => void
  message(message: Message): void
  /** Something in the status has changed; it is told within 50 ms, together with what changes meanwhile. */
  status(): void
  close(): void
}

interface AnnouncerDeps {
  readonly clock: Clock
  readonly log: Log | undefined
  readonly status: () => QueueStatus
}

/** Tells changes to subscribers; one that throws is logged and does not keep the others from hearing. */
export function createAnnouncer({ clock, log, status }: AnnouncerDeps): Announcer {
  const listeners = new Set<(event: QueueEvent) => void>()
  let cancelTimer: (() => void) | undefined
  let lastStatusAt = -Infinity

  const tell = (event: QueueEvent) => {
    for (const listener of listeners) {
      try {
        listener(event)
      } catch (error) {
        log?.error(`A listener failed on a ${event.type} event: ${String(error)}`)
      }
    }
  }
  const tellStatus = () => {
    cancelTimer = undefined
    lastStatusAt = clock.monotonic()
    tell({ type: 'queue', status: status() })
  }

  return {
    subscribe(listener) {
      // A wrapper of its own, so that the same function subscribed twice is also unsubscribed one at a time.
      const own = (event: QueueEvent) => listener(event)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    message: (message) => tell({ type: 'message', message }),
    status() {
      if (cancelTimer || listeners.size === 0) return
      cancelTimer = clock.setTimer(
        Math.max(0, lastStatusAt + STATUS_EVERY_MS - clock.monotonic()),
        tellStatus,
      )
    },
    close() {
      cancelTimer?.()
      cancelTimer = undefined
      listeners.clear()
    },
  }
}
