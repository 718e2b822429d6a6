import type { Failure } from '../../contract/failure'
import type { Message, MessageDetail } from '../../contract/message'
import type { QueueStatus } from '../../contract/operations'
import { noInboxes, type Inboxes } from './inboxes'
import { EVERYONE, type MessageStore } from './message-store'

const PAUSED: Failure = {
  code: 'paused',
  message:
    'The queue is paused, and everything waits: resume it in the window, the tray, or with "waggle resume".',
}

/** Why messages wait beyond their turn: pauses, which outlive a restart, and what an agent waits for, kept in memory. */
export class Waits {
  readonly #store: Pick<MessageStore, 'paused' | 'setPaused'>
  /** Why this very message is held. */
  readonly #heldBy: (id: string) => Failure | undefined
  readonly #inboxes: Pick<Inboxes, 'has'>
  readonly #paused: Set<string>
  readonly #reasons = new Map<string, Failure>()
  #common: { readonly failure: Failure; readonly concerns: (agent: string) => boolean } | undefined
  #version = 0

  constructor(
    store: Pick<MessageStore, 'paused' | 'setPaused'>,
    heldBy: (id: string) => Failure | undefined = () => undefined,
    inboxes: Pick<Inboxes, 'has'> = noInboxes,
  ) {
    this.#store = store
    this.#heldBy = heldBy
    this.#inboxes = inboxes
    this.#paused = new Set(store.paused())
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version
  }

  isPaused(agent: string): boolean {
    return this.#paused.has(agent)
  }

  /** True while nothing goes to this agent: it is paused, or everyone is. */
  isStopped(agent: string): boolean {
    return this.#paused.has(agent) || this.#paused.has(EVERYONE)
  }

  setPaused(agent: string, paused: boolean): void {
    this.#store.setPaused(agent, paused)
    if (paused) this.#paused.add(agent)
    else this.#paused.delete(agent)
    this.#version += 1
  }

  /** What held the one now holds the other: its pause; what it waited for is looked at anew. */
  rename(agent: string, to: string): void {
    if (this.isPaused(agent)) {
      this.setPaused(to, true)
      this.setPaused(agent, false)
    }
    this.setReason(agent, undefined)
    this.#version += 1
  }

  /** False when that is known already. */
  setReason(agent: string, failure: Failure | undefined): boolean {
    const now = this.#reasons.get(agent)
    if (now?.code === failure?.code && now?.message === failure?.message) return false
    if (failure) this.#reasons.set(agent, failure)
    else this.#reasons.delete(agent)
    this.#version += 1
    return true
  }

  /** The reason of all that it concerns and that have none of their own. False when that is known already. */
  setCommonReason(failure: Failure | undefined, concerns: (agent: string) => boolean): boolean {
    const now = this.#common?.failure
    if (now?.code === failure?.code && now?.message === failure?.message) return false
    this.#common = failure && { failure, concerns }
    this.#version += 1
    return true
  }

  /** True when messages for others go before those for this agent: it is paused, takes them itself, or waits for something of its own. */
  isHeld(agent: string): boolean {
    return this.#paused.has(agent) || this.#reasons.has(agent) || this.#inboxes.has(agent)
  }

  withReason<M extends Message | MessageDetail>(message: M): M {
    if (message.state !== 'queued') return message
    const held = this.#heldBy(message.id)
    if (!held && this.#inboxes.has(message.to)) return { ...message, inbox: true }
    const failure = held ?? this.#pause(message.to) ?? this.#reason(message.to)
    return failure ? { ...message, failure } : message
  }

  withReasons(messages: readonly Message[]): Message[] {
    return messages.map((message) => this.withReason(message))
  }

  /** How each agent stands that is paused or has something waiting. */
  perAgent(depths: ReadonlyMap<string, number>): QueueStatus['perAgent'] {
    const agents = new Set([...depths.keys(), ...this.#paused].filter((name) => name !== EVERYONE))
    const entries = [...agents].map((name) => {
      const depth = depths.get(name) ?? 0
      const isAsked = depth > 0 && !this.#inboxes.has(name) && !this.isStopped(name)
      const waitingFor = isAsked ? this.#reason(name) : undefined
      return [name, { depth, paused: this.#paused.has(name), ...(waitingFor && { waitingFor }) }] as const
    })
    return Object.fromEntries(entries)
  }

  /** While it is paused, what it waited for when that began is nothing that anybody should mend. */
  #pause(agent: string): Failure | undefined {
    if (this.#paused.has(EVERYONE)) return PAUSED
    if (!this.#paused.has(agent)) return undefined
    const message = `${agent} is paused, and its messages wait: resume it in the agents view, or with "waggle resume ${agent}".`
    return { code: 'paused', message }
  }

  #reason(agent: string): Failure | undefined {
    return this.#reasons.get(agent) ?? (this.#common?.concerns(agent) ? this.#common.failure : undefined)
  }
}
