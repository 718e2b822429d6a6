import { OperationError } from '../../contract/failure'
import type { Message } from '../../contract/message'
import type { Clock } from '../clock'

export interface WaitOptions {
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** The one who waits has what it waits for by this alone: nobody else is to get it. */
  readonly takes?: boolean
}

/** What is said to those who waited for a message's end, and for an answer to it. */
export const NOT_ENDED = 'and it is not in a final state yet. It stays queued; wait again or cancel it.'
export const NO_ANSWER = 'and nobody has answered it yet. Wait again: an answer that comes later is kept.'

interface Waiter {
  readonly takes: boolean
  resolve(message: Message): void
  reject(error: unknown): void
}

/** Those who wait for something that comes of a message: its end, or an answer to it. */
export class MessageWaiters {
  readonly #clock: Pick<Clock, 'setTimer'>
  readonly #late: string
  readonly #byMessage = new Map<string, Set<Waiter>>()

  /** `late` goes on from "Waited … for message …," when the time is over. */
  constructor(clock: Pick<Clock, 'setTimer'>, late: string) {
    this.#clock = clock
    this.#late = late
  }

  /** Rejects with `OperationError` timedOut after `timeoutMs`, or with the signal's reason. */
  wait(id: string, { timeoutMs, signal, takes = false }: WaitOptions): Promise<Message> {
    return new Promise((resolve, reject) => {
      const end = () => {
        this.#forget(id, waiter)
        cancelTimer?.()
        signal?.removeEventListener('abort', abort)
      }
      const waiter: Waiter = {
        takes,
        resolve: (message) => {
          end()
          resolve(message)
        },
        reject: (error) => {
          end()
          reject(error instanceof Error ? error : new Error(String(error)))
        },
      }
      const abort = () => waiter.reject(signal?.reason)
      const cancelTimer =
        timeoutMs === undefined
          ? undefined
          : this.#clock.setTimer(timeoutMs, () => waiter.reject(this.#timedOut(id, timeoutMs)))
      this.#byMessage.set(id, (this.#byMessage.get(id) ?? new Set()).add(waiter))
      signal?.addEventListener('abort', abort, { once: true })
      if (signal?.aborted) abort()
    })
  }

  /** True while somebody waits who takes it. */
  isTaken(id: string): boolean {
    return [...(this.#byMessage.get(id) ?? [])].some(({ takes }) => takes)
  }

  /** What those were waiting for who wait for something of message `id`. */
  tell(id: string, message: Message): void {
    for (const waiter of this.#byMessage.get(id) ?? []) waiter.resolve(message)
  }

  rejectAll(error: Error): void {
    for (const waiter of [...this.#byMessage.values()].flatMap((waiters) => [...waiters]))
      waiter.reject(error)
  }

  #forget(id: string, waiter: Waiter): void {
    const waiters = this.#byMessage.get(id)
    waiters?.delete(waiter)
    if (waiters?.size === 0) this.#byMessage.delete(id)
  }

  #timedOut(id: string, timeoutMs: number): OperationError {
    return new OperationError('timedOut', `Waited ${timeoutMs} ms for message ${id}, ${this.#late}`, {
      id,
      timeoutMs,
    })
  }
}
