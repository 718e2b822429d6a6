import { createLine } from './line'
import type { FairOrder } from './fair-order'
import type { MessageStore } from './message-store'
import type { Queue } from './queue'
import type { Waits } from './waits'

interface ShownDeps {
  readonly store: MessageStore
  readonly order: FairOrder
  readonly waits: Waits
}

/** What the queue only shows: the store's messages, with the reason why they wait. */
export function shownMessages({
  store,
  order,
  waits,
}: ShownDeps): Pick<Queue, 'list' | 'line' | 'thread' | 'stats' | 'history'> {
  const lineOf = createLine(order, waits)
  return {
    list(filter) {
      const page = store.list(filter)
      return { ...page, messages: waits.withReasons(page.messages) }
    },
    line(filter) {
      const { ids, total, held } = lineOf(filter)
      return { messages: waits.withReasons(store.pick(ids)), line: { total, held } }
    },
    thread: (id) => waits.withReasons(store.exchanges.thread(id)),
    stats: (since) => store.stats(since),
    history: (range) => store.history(range),
  }
}
