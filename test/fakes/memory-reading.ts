import type { Message } from '../../src/contract/message'
import type { StatsHistory } from '../../src/contract/stats'
import type { Exchanges } from '../../src/main/queue/exchanges'
import type { HistoryRange, MessageFilter, MessagePage } from '../../src/main/queue/message-store'
import { summarizeHistory } from '../../src/main/queue/outcomes'
import { badCursor } from '../../src/main/queue/store-errors'

interface Numbered {
  readonly number: number
  readonly message: Message
}

/** What `MessageStore.list` promises, over messages in memory. */
export function listMemory(kept: readonly Numbered[], filter: MessageFilter): MessagePage {
  const below = filter.before === undefined ? Infinity : Number(filter.before)
  if (Number.isNaN(below)) throw badCursor()
  const found = kept
    .filter(({ number, message }) => number < below && fits(message, filter))
    .toSorted((a, b) => b.number - a.number)
  const page = found.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    messages: page.map(({ message }) => message),
    ...(found.length > page.length && last && { next: String(last.number) }),
  }
}

function fits(message: Message, { states, to, from, text = '', since, until }: MessageFilter): boolean {
  const created = Date.parse(message.createdAt)
  return (
    (!states || states.includes(message.state)) &&
    (to === undefined || message.to === to) &&
    (from === undefined || message.from === from) &&
    (since === undefined || created >= Date.parse(since)) &&
    (until === undefined || created < Date.parse(until)) &&
    contains(message.text, text)
  )
}

function contains(text: string, searched: string): boolean {
  const own = wordsOf(text)
  return searched.split(/[\s\0]+/u).every((part) => {
    const words = wordsOf(part)
    // Without a letter, or in a script without spaces: wherever it stands.
    if (words.length === 0 || /[\p{Script=Han}\p{Script=Thai}]/u.test(part)) return text.includes(part)
    return words.every((word) => own.some((one) => (word.length === 1 ? one === word : one.startsWith(word))))
  })
}

/** The words as the full-text index sees them: letters and digits, without accents and case. */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return plain.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** What `MessageStore.history` promises. */
export function historyOf(
  messages: readonly Message[],
  { since, until, bucketMs, to }: HistoryRange,
): StatsHistory {
  const ended = messages.filter((one) => to === undefined || one.to === to)
  const count = Math.ceil((until - since) / bucketMs)
  const buckets = Array.from({ length: count }, (_, index) => {
    const start = since + index * bucketMs
    const end = Math.min(start + bucketMs, until)
    const own = ended.filter(
      ({ finishedAt = '' }) => start <= Date.parse(finishedAt) && Date.parse(finishedAt) < end,
    )
    return {
      start,
      counts: own.map(({ to, state }) => ({ recipient: to, state, count: 1 })),
      durations: own.flatMap(({ to, state, timings }) =>
        state === 'delivered' && timings ? { recipient: to, ms: timings.deliveryMs, weight: 1 } : [],
      ),
    }
  })
  return summarizeHistory(buckets)
}

/** Messages in the order in which they were handed in. */
export function memoryExchanges(messages: () => readonly Message[]): Exchanges {
  return {
    thread(id) {
      const found = messages().find((one) => one.id === id)
      const root = found?.thread ?? found?.id
      return messages().filter((one) => root !== undefined && (one.id === root || one.thread === root))
    },
    firstReplyTo: (id) => messages().find(({ replyTo }) => replyTo === id),
    sentTogether(id) {
      const together = messages().find((one) => one.id === id)?.together
      return messages().filter(
        (one) => one.id === id || (together !== undefined && one.together === together),
      )
    },
    answered: () => [
      ...new Set(
        messages().flatMap(({ state, replyTo, to }) =>
          state === 'queued' && replyTo !== undefined ? to : [],
        ),
      ),
    ],
  }
}
