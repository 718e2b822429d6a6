import { depthOf } from './admission'
import type { Guards } from './guards'
import type { Inboxes } from './inboxes'
import { createLine } from './line'
import type { FairOrder } from './fair-order'
import type { MessageStore } from './message-store'
import { EVERYONE } from './message-store'
import type { Queue } from './queue'
import type { UnderWay } from './under-way'
import type { Waits } from './waits'

interface ShownDeps {
  readonly store: MessageStore
  readonly order: FairOrder
  readonly waits: Waits
  readonly underWay: UnderWay
  readonly inboxes: Inboxes
  readonly guards: Guards
}

/** What the queue only shows: the store's messages, with the reason why they wait. */
export function shownMessages({
  store,
  order,
  waits,
  underWay,
  inboxes,
  guards,
}: ShownDeps): Pick<Queue, 'list' | 'line' | 'thread' | 'answers' | 'stats' | 'history' | 'status'> {
  const lineOf = createLine(order, waits, (name) => inboxes.has(name) && inboxes.isStranger(name))
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
    answers(id) {
      const { sentTogether, firstReplyTo } = store.exchanges
      const message = store.get(id)
      const question = message?.replyTo === undefined ? undefined : store.get(message.replyTo)
      return waits.withReasons(sentTogether(question?.id ?? id)).map((question) => {
        const answer = firstReplyTo(question.id)
        return { question, ...(answer && { answer: waits.withReason(answer) }) }
      })
    },
    status() {
      const [delivering, held] = [underWay.first(), guards.held()]
      return {
        paused: waits.isPaused(EVERYONE),
        depth: depthOf(order.depths, inboxes),
        ...(delivering && { delivering }),
        ...(held.length > 0 && { held }),
        perAgent: waits.perAgent(order.depths),
      }
    },
    stats: (since) => store.stats(since),
    history: (range) => store.history(range),
  }
}
