import { isFinal, type Message, type Priority } from '../../src/contract/message'
import type { Clock } from '../../src/main/clock'
import type { NewMessage } from '../../src/main/queue/message-store'
import type { Delivery } from '../../src/main/ways/way'

const ranks: Record<Priority, number> = { urgent: 0, normal: 1, low: 2 }
/** An agent that a delivery failed for is passed over for a while, at most so long. */
const LONGEST_HOLD_MS = 8100
const ATTEMPTS = 5
const RETRY_MS = 500
/** A sender may have been chosen already when another one comes. */
const MOST_OF_ANOTHER = 3

interface Known {
  readonly message: Message
  readonly order: number
  expiresAt: number | undefined
  state: 'queued' | 'delivering' | 'ended'
  /** How often it was begun and not put back. */
  tries: number
  copies: number
  isMarked: boolean
  /** A person has had it sent again. */
  wasRetried: boolean
  /** Whatever the desktop has seen: a person has said so. */
  isSettled: boolean
  notBefore: number
  /** What a final state of it must be, by what the desktop has seen. */
  may: ReadonlySet<string>
  /** Deliveries of other senders that it has seen go by, by sender. */
  readonly passedBy: Map<string, number>
}

/** What must hold of any schedule, said in the simplest words; it knows nothing of how the queue goes about it. */
export class Rules {
  readonly broken: string[] = []
  readonly #clock: Pick<Clock, 'now' | 'monotonic'>
  readonly #known = new Map<string, Known>()
  readonly #keys = new Map<string, string>()
  readonly #paused = new Set<string | undefined>()
  readonly #troubledAt = new Map<string, number>()
  #onDesktop: string | undefined

  readonly #isBarred: (agent: string) => boolean

  /** `isBarred`: whether nobody could write to this agent now. */
  constructor(clock: Pick<Clock, 'now' | 'monotonic'>, isBarred: (agent: string) => boolean) {
    this.#clock = clock
    this.#isBarred = isBarred
  }

  accepted(message: Message, { from, key }: NewMessage): void {
    const name = key === undefined ? undefined : `${from} ${key}`
    const before = name === undefined ? undefined : this.#keys.get(name)
    if (before !== undefined && before !== message.id)
      this.#break(message.id, 'is new though its key was known')
    if (name !== undefined) this.#keys.set(name, message.id)
    if (this.#known.has(message.id)) {
      if (before === undefined) this.#break(message.id, 'was given out twice')
      return
    }
    this.#known.set(message.id, {
      message,
      order: this.#known.size,
      expiresAt: expiryOf(message),
      state: 'queued',
      tries: 0,
      copies: 0,
      isMarked: false,
      wasRetried: false,
      isSettled: false,
      notBefore: 0,
      may: new Set(['expired', 'cancelled']),
      passedBy: new Map(),
    })
  }

  paused(agent: string | undefined, isPaused: boolean): void {
    if (isPaused) this.#paused.add(agent)
    else this.#paused.delete(agent)
  }

  /** What a person or the sender has made of it. */
  changed(message: Message, how: 'retried' | 'ended'): void {
    const known = this.#known.get(message.id)
    if (!known) return
    if (how === 'retried') {
      const again = { tries: 0, isMarked: false, may: new Set(['expired', 'cancelled']) }
      Object.assign(known, { state: 'queued', wasRetried: true, expiresAt: expiryOf(message), ...again })
    } else Object.assign(known, { state: 'ended', isSettled: true, may: new Set([message.state]) })
  }

  /** The agent cannot be written to, or could not be a moment ago. */
  troubled(agent: string): void {
    this.#troubledAt.set(agent, this.#clock.monotonic())
  }

  began({ id, to, from, priority }: Message): void {
    const known = this.#known.get(id)
    if (!known) return this.#break(id, 'was delivered though nobody sent it')
    if (known.state !== 'queued') this.#break(id, `was begun while it was ${known.state}`)
    if (this.#onDesktop !== undefined) this.#break(id, `was begun while ${this.#onDesktop} had the desktop`)
    const all = [...this.#known.values()]
    if (all.some((one) => one.state === 'delivering' && one.message.to === to))
      this.#break(id, 'was begun while its agent got another one')
    if (this.#paused.has(undefined) || this.#paused.has(to)) this.#break(id, 'was begun though it was paused')
    if (this.#isOver(known)) this.#break(id, 'was begun after its time')
    if (this.#clock.monotonic() < known.notBefore) this.#break(id, 'was tried again too soon')
    known.state = 'delivering'
    known.tries += 1
    this.#onDesktop = id
    this.#compare(
      known,
      all.filter((one) => one.state === 'queued' && !this.#isOver(one) && this.#isFree(one.message.to)),
    )
    for (const one of all)
      if (one.message.from === from && one.message.priority === priority) one.passedBy.clear()
  }

  freed(id: string): void {
    if (this.#onDesktop === id) this.#onDesktop = undefined
  }

  marked(id: string): void {
    const known = this.#known.get(id)
    if (known) known.isMarked = true
  }

  arrived(id: string): void {
    const known = this.#known.get(id)
    if (!known) return
    known.copies += 1
    if (known.copies > 1 && !known.wasRetried) this.#break(id, 'arrived twice')
    if (known.expiresAt !== undefined && known.state === 'ended')
      this.#break(id, 'arrived after it had ended')
  }

  ended({ id, to }: Message, delivery: Delivery): void {
    const known = this.#end(id)
    if (!known) return
    if (delivery.state === 'delivered') return this.#final(known, 'delivered')
    const code = delivery.failure.code
    this.troubled(to)
    if (code === 'not-accepted') return this.#final(known, 'failed')
    if (code === 'focus-lost') known.tries -= 1
    else this.#tryAgain(known)
    known.state = known.state === 'ended' ? 'ended' : 'queued'
  }

  /** The delivery threw; `wasStopped` by a person. */
  broke({ id, to }: Message, wasStopped: boolean): void {
    const known = this.#end(id)
    if (!known) return
    this.troubled(to)
    if (known.isMarked) return this.#final(known, 'in-doubt')
    if (wasStopped) known.tries -= 1
    else this.#tryAgain(known)
    if (known.state === 'delivering') known.state = 'queued'
  }

  crashed(): void {
    this.#onDesktop = undefined
    for (const known of this.#known.values()) {
      known.passedBy.clear()
      // The pauses between tries are not kept.
      known.notBefore = 0
      if (known.state !== 'delivering') continue
      if (known.isMarked) this.#final(known, 'in-doubt')
      else {
        known.state = 'queued'
        // It is not tried for ever.
        if (known.tries >= ATTEMPTS) known.may = new Set([...known.may, 'failed'])
      }
    }
  }

  /** Looks whether the queue says what the desktop has seen. */
  compareAll(messages: readonly Message[]): void {
    const said = new Map(messages.map((message) => [message.id, message]))
    for (const [id, known] of this.#known) {
      const message = said.get(id)
      if (!message) this.#break(id, 'is lost')
      else if (isFinal(message.state)) {
        if (!known.may.has(message.state))
          this.#break(id, `is ${message.state}, and may be ${[...known.may].join()}`)
        if (message.state === 'delivered' && known.copies === 0 && !known.isSettled)
          this.#break(id, 'is delivered and did not arrive')
        if (known.state !== 'ended') known.state = 'ended'
      } else if (message.state === 'queued' && this.#clock.now() - (known.expiresAt ?? Infinity) > 30_000)
        this.#break(id, 'should have expired')
    }
  }

  #final(known: Known, state: string): void {
    known.may = new Set([state])
    known.state = 'ended'
  }

  #end(id: string): Known | undefined {
    if (this.#onDesktop === id) this.#onDesktop = undefined
    return this.#known.get(id)
  }

  #tryAgain(known: Known): void {
    if (known.tries >= ATTEMPTS) return this.#final(known, 'failed')
    known.notBefore = this.#clock.monotonic() + RETRY_MS * 2 ** (known.tries - 1)
  }

  /** The one that was begun beside those that might have been. */
  #compare(
    { message: { id, from, to, priority }, order, wasRetried }: Known,
    others: readonly Known[],
  ): void {
    for (const one of others) {
      const { message, passedBy } = one
      if (ranks[message.priority] < ranks[priority])
        this.#break(id, `went before the more urgent ${message.id}`)
      if (message.priority !== priority) continue
      const isSame = message.from === from && message.to === to
      if (isSame && one.order < order && !one.wasRetried && !wasRetried)
        this.#break(id, `went before ${message.id} of the same sender`)
      if (message.from === from) continue
      passedBy.set(from, (passedBy.get(from) ?? 0) + 1)
      if ((passedBy.get(from) ?? 0) > MOST_OF_ANOTHER)
        this.#break(message.id, `waits for ever more of ${from}`)
    }
  }

  #isOver({ expiresAt }: Known): boolean {
    return expiresAt !== undefined && expiresAt <= this.#clock.now()
  }

  #isFree(agent: string): boolean {
    const isBusy = [...this.#known.values()].some(
      (one) => one.state === 'delivering' && one.message.to === agent,
    )
    const quiet = this.#clock.monotonic() - (this.#troubledAt.get(agent) ?? -Infinity)
    return (
      !isBusy &&
      !this.#isBarred(agent) &&
      quiet > LONGEST_HOLD_MS &&
      !this.#paused.has(agent) &&
      !this.#paused.has(undefined)
    )
  }

  #break(id: string, what: string): void {
    this.broken.push(`at ${this.#clock.monotonic()}: ${this.#known.get(id)?.message.text ?? id} ${what}`)
  }
}

function expiryOf({ expiresAt }: Message): number | undefined {
  return expiresAt === undefined ? undefined : Date.parse(expiresAt)
}
