import { array, assert, asyncProperty, constantFrom, integer, oneof, record } from 'fast-check'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { priorities, type MessageState } from '../../src/contract/message'
import type { MessageStore, Outcome, Waiting } from '../../src/main/queue/message-store'
import { createQueue } from '../../src/main/queue/fair-queue'
import type { Queue } from '../../src/main/queue/queue'
import { openSqliteMessageStore } from '../../src/main/queue/sqlite-message-store'
import { FakeClock } from '../fakes/fake-clock'
import { newMessage, timings } from '../fakes/new-message'

const failure = { code: 'internal', message: 'as the test wants it' } as const
const nobody = () => false

const send = record({
  do: constantFrom('send' as const),
  from: integer({ min: 0, max: 2 }),
  to: integer({ min: 0, max: 2 }),
  priority: constantFrom(...priorities),
  count: integer({ min: 1, max: 3 }),
})
const turn = record({
  do: constantFrom('turn' as const),
  end: constantFrom<TurnEnd>(
    'delivered',
    'queued',
    'failed',
    'in-doubt',
    'put back',
    'crash unmarked',
    'crash marked',
  ),
})
const byHand = record({
  do: constantFrom('cancel' as const, 'retry' as const),
  which: integer({ min: 0, max: 9 }),
})
const crash = record({ do: constantFrom('crash' as const) })
const step = oneof(
  { weight: 5, arbitrary: send },
  { weight: 8, arbitrary: turn },
  { weight: 2, arbitrary: byHand },
  { weight: 1, arbitrary: crash },
)

type TurnEnd = Outcome['state'] | 'put back' | 'crash unmarked' | 'crash marked'
type Step = typeof step extends { generate(...given: never[]): { value: infer S } } ? S : never

interface Modelled extends Waiting {
  state: MessageState
  /** Place in line: sent, or retried by hand. */
  line: number
  /** How often its submit key was pressed since it was sent or retried by hand. */
  pressed: number
}

/** A queue over a real file beside a model too simple to be wrong. */
class History {
  readonly #root = mkdtempSync(join(tmpdir(), 'waggle-history-'))
  readonly #clock = new FakeClock()
  readonly #model = new Map<string, Modelled>()
  #folder = mkdtempSync(join(this.#root, 'run-'))
  #store: MessageStore = this.#open()
  #queue: Queue = createQueue({ store: this.#store, clock: this.#clock, limit: 1000 })
  #line = 0

  async run(one: Step): Promise<void> {
    if (one.do === 'send') await this.#send(one)
    else if (one.do === 'turn') this.#turn(one.end)
    else if (one.do === 'crash') this.#crash()
    else this.#byHand(one.do, one.which)
  }

  /** Nothing lost, nothing more than once, every state as it must be. */
  check(): void {
    const { messages } = this.#queue.list({ limit: 1000 })
    expect(messages).toHaveLength(this.#model.size)
    for (const { id, state } of messages) {
      const modelled = this.#model.get(id)
      expect(state).toBe(modelled?.state)
      expect(modelled?.pressed).toBeLessThanOrEqual(1)
    }
    expect(this.#queue.status().depth).toBe(this.#inState('queued').length)
  }

  /** Delivers what is left: all of it comes. */
  drain(): void {
    while (this.#inState('queued').length > 0) this.#turn('delivered')
    expect(this.#queue.next(nobody)).toBeUndefined()
  }

  close(): void {
    this.#store.close()
    rmSync(this.#root, { recursive: true, force: true })
  }

  async #send({ from, to, priority, count }: Extract<Step, { do: 'send' }>): Promise<void> {
    const one = newMessage({ from: `s${from}`, to: `a${to}`, priority })
    for (const { id } of await this.#queue.send(Array.from({ length: count }, () => one))) {
      this.#line += 1
      this.#model.set(id, {
        id,
        from: one.from,
        to: one.to,
        priority,
        state: 'queued',
        line: this.#line,
        pressed: 0,
      })
    }
  }

  #turn(end: TurnEnd): void {
    const next = this.#queue.next(nobody)
    expect(next === undefined).toBe(this.#inState('queued').length === 0)
    const message = next && this.#model.get(next.id)
    if (!message) return
    this.#expectFirst(message)
    this.#queue.begin(message.id)
    const pressed = end === 'delivered' || end === 'in-doubt' || end === 'crash marked'
    if (pressed) {
      this.#queue.markSubmitting(message.id)
      message.pressed += 1
    }
    if (end === 'crash marked' || end === 'crash unmarked') {
      message.state = pressed ? 'in-doubt' : 'queued'
      this.#crash()
    } else if (end === 'put back') this.#queue.putBack(message.id)
    else {
      const outcome: Outcome = end === 'delivered' ? { state: end, proof: 'window' } : { state: end, failure }
      this.#queue.finish(message.id, outcome, timings)
      message.state = end
    }
  }

  /** The highest priority there is, and no older one of its sender to its agent. */
  #expectFirst(message: Modelled): void {
    for (const other of this.#inState('queued')) {
      expect(priorities.indexOf(other.priority)).toBeGreaterThanOrEqual(priorities.indexOf(message.priority))
      const kin =
        other.from === message.from && other.to === message.to && other.priority === message.priority
      if (kin) expect(other.line).toBeGreaterThanOrEqual(message.line)
    }
  }

  #byHand(change: 'cancel' | 'retry', which: number): void {
    const all = [...this.#model.values()]
    const message = all[which % Math.max(1, all.length)]
    if (!message) return
    const allowed =
      change === 'cancel' ? message.state === 'queued' : !['queued', 'delivered'].includes(message.state)
    if (!allowed) {
      expect(() => this.#queue[change](message.id)).toThrow(/Tried to/)
      return
    }
    this.#queue[change](message.id)
    if (change === 'cancel') message.state = 'cancelled'
    else {
      this.#line += 1
      Object.assign(message, { state: 'queued', line: this.#line, pressed: 0 })
    }
  }

  /** Goes on with what a crash at this instant would leave: the files as they are, nothing closed. */
  #crash(): void {
    const left = mkdtempSync(join(this.#root, 'run-'))
    for (const name of ['waggle.db', 'waggle.db-wal']) cpSync(join(this.#folder, name), join(left, name))
    this.#store.close()
    this.#folder = left
    this.#store = this.#open()
    this.#queue = createQueue({ store: this.#store, clock: this.#clock, limit: 1000 })
  }

  #open(): MessageStore {
    return openSqliteMessageStore({ path: join(this.#folder, 'waggle.db'), clock: this.#clock })
  }

  #inState(state: MessageState): Modelled[] {
    return [...this.#model.values()].filter((message) => message.state === state)
  }
}

test('in any history with crashes at any point, nothing is lost, submitted twice or out of order', async () => {
  await assert(
    asyncProperty(array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const history = new History()
      try {
        for (const one of steps) {
          await history.run(one)
          history.check()
        }
        history.drain()
        history.check()
      } finally {
        history.close()
      }
    }),
    { numRuns: 40 },
  )
}, 60_000)
