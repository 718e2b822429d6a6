import type { Failure } from '../../src/contract/failure'
import type { DeliveryStep, Timings } from '../../src/contract/message'
import type { Clock } from '../../src/main/clock'
import {
  EVERYONE,
  type MessageStore,
  type NewMessage,
  type Outcome,
} from '../../src/main/queue/message-store'
import { openSqliteMessageStore } from '../../src/main/queue/sqlite-message-store'
import { seeded } from '../seeded'
import { agentNames, exchange, question, senders, sentences, waitingMessages } from './cast'

const HOUR = 3_600_000
/** Messages handed in an hour, by the hour of the day: quiet nights, busy mornings and afternoons. */
const pace = [0, 0, 0, 0, 0, 1, 2, 5, 14, 22, 26, 24, 13, 18, 27, 29, 24, 19, 11, 7, 4, 3, 1, 0]
const DAYS = 4

const delivered: Outcome = { state: 'delivered', proof: 'read-back' }
const mismatch: Failure = {
  code: 'text-mismatch',
  message:
    'What was read back from the input of Frontend was not the message: 212 of 230 characters. It was taken out again; nothing was submitted.',
}
const unconfirmed: Failure = {
  code: 'submit-unconfirmed',
  message:
    'Enter was pressed in the input of Review, and then its window lost the focus before the input was seen empty.',
}

interface Past {
  readonly at: number
  readonly from: string
  readonly to: string
  readonly text: string
  readonly course: Course
}

/** Fills an empty home's database with some days of work up to now, two troubles of this hour, and what waits. Paused. */
export async function writePast(path: string, now: number): Promise<void> {
  let time = now
  const clock: Pick<Clock, 'now' | 'setTimer'> = {
    now: () => Math.round(time),
    setTimer: () => () => undefined,
  }
  const store = openSqliteMessageStore({ path, clock })
  store.setPaused(EVERYONE, true)
  const before = [...usualDays(now), ...troubles(now)].filter(({ at }) => at < now - TALK_MINUTES * 60_000)
  for (const { at, course, ...message } of before.toSorted((a, b) => a.at - b.at)) {
    time = at
    await live(store, message, (ms) => (time = at + ms), course)
  }
  await talk(store, now, (at) => (time = at))
  for (const [index, [from, to, text, priority]] of waitingMessages.entries()) {
    time = now - (waitingMessages.length - index) * 3700
    await store.insert([{ from, to, text, priority, submit: true }])
  }
  store.close()
}

/** An exchange of two, and a third who joins; then a question of the person's own that nobody has answered yet. */
async function talk(store: MessageStore, now: number, passed: (at: number) => void): Promise<void> {
  const ids: string[] = []
  for (const [index, [from, to, text, answers = index - 1]] of exchange.entries()) {
    const at = now - (TALK_MINUTES - index * 2) * 60_000
    passed(at)
    const [replyTo, thread] = [ids[answers], ids[0]]
    const message = { from, to, text, ...(replyTo && thread && { replyTo, thread }) }
    ids.push(await live(store, message, (ms) => passed(at + ms), usual))
  }
  const at = now - 4 * 60_000
  passed(at)
  const { text, to: names } = question
  const sent = names.map((to) => ({ from: 'you', to, text, priority: 'normal', submit: true }) as const)
  for (const { message } of await store.insert(sent))
    deliver(store, message.id, (ms) => passed(at + ms), usual)
}

/** In the order of their times: nothing else was written so late. */
const TALK_MINUTES = 16
const usual = { waitMs: 120, ms: 71, outcome: delivered }

function usualDays(now: number): Past[] {
  const random = seeded(7)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  return Array.from({ length: DAYS * 24 }, (_, index) => now - (DAYS * 24 - index) * HOUR).flatMap(
    (start) => {
      const count = Math.round((pace[new Date(start).getHours()] ?? 0) * (0.7 + random() * 0.6))
      return Array.from({ length: count }, () => {
        const from = pick(senders)
        const to = pick(agentNames.filter((name) => name !== from))
        const ms = 48 + random() * 40 + (random() < 0.08 ? random() * 260 : 0)
        const at = start + random() * (HOUR - 60_000)
        const waitMs = 30 + random() * 900
        return { at, from, to, text: pick(sentences), course: { waitMs, ms, outcome: delivered } }
      })
    },
  )
}

function troubles(now: number): Past[] {
  const minutesAgo = (minutes: number) => now - minutes * 60_000
  return [
    {
      at: minutesAgo(52),
      from: 'ci',
      to: 'Frontend',
      text: 'Build 1849 is red: two snapshot tests in the settings page.\nThe diff is in build/1849.txt',
      course: endedBy('failed', mismatch),
    },
    {
      at: minutesAgo(18),
      from: 'Planner',
      to: 'Review',
      text: 'Please look at the migration once more before noon; the second step is new.',
      course: endedBy('in-doubt', unconfirmed),
    },
  ]
}

function endedBy(state: 'failed' | 'in-doubt', failure: Failure): Course {
  return { waitMs: 400, ms: 141, outcome: { state, failure } }
}

interface Course {
  readonly waitMs: number
  readonly ms: number
  readonly outcome: Outcome
}

/** One message from being handed in to its end, as the courier would have written it. */
async function live(
  store: MessageStore,
  message: Pick<NewMessage, 'from' | 'to' | 'text' | 'replyTo' | 'thread'>,
  passed: (ms: number) => void,
  course: Course,
): Promise<string> {
  const [inserted] = await store.insert([{ ...message, priority: 'normal', submit: true }])
  const id = inserted?.message.id ?? ''
  deliver(store, id, passed, course)
  return id
}

function deliver(
  store: MessageStore,
  id: string,
  passed: (ms: number) => void,
  { waitMs, ms, outcome }: Course,
): void {
  passed(waitMs)
  store.begin(id)
  passed(waitMs + ms)
  store.finish(id, outcome, timings(waitMs, ms, outcome))
}

const shares: readonly (readonly [DeliveryStep, number])[] = [
  ['turn', 0.03],
  ['window', 0.06],
  ['focus', 0.12],
  ['paste', 0.41],
  ['read-back', 0.2],
  ['submit', 0.06],
  ['seen-empty', 0.12],
]

/** A failed text check ends with the read-back, a doubt with the submit key. */
function timings(waitMs: number, deliveryMs: number, { state }: Outcome): Timings {
  const last = state === 'failed' ? 5 : state === 'in-doubt' ? 6 : shares.length
  const steps = shares.slice(0, last).map(([step, share]) => ({ step, ms: deliveryMs * share }))
  return { waitMs, deliveryMs, steps }
}
