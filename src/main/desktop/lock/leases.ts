import { OperationError } from '../../../contract/failure'
import type { Holder } from '../../../contract/operations'
import type { Clock } from '../../clock'
import type { Log } from '../../log'
import { programOf } from './desktop-lock'
import { TurnTimeout } from './turn-errors'
import type { Turn, Turns } from './turns'

/** What a program says when it asks for the desktop. */
export interface LeaseWish {
  readonly reason: string
  /** The process that will use the desktop, for people to know. */
  readonly pid?: number | undefined
  /** How long to wait for it, in ms; undefined: as long as it takes. */
  readonly timeoutMs?: number | undefined
}

/** Turns for other programs: while one has a lease, deliveries wait. */
export interface Leases {
  /**
   * Resolves with the lease's id once the desktop is the caller's, in line with deliveries. The lease ends at
   * {@link release} or when the signal aborts. Rejects with `OperationError` timedOut, or with the signal's reason.
   */
  acquire(wish: LeaseWish, signal: AbortSignal): Promise<string>
  /** Throws `OperationError` notFound when no such lease is held (any more). */
  release(lease: string): void
  /** Who has the desktop by a lease, if somebody does. */
  holder(): Holder | undefined
  /** Refuses all who wait for one, with `OperationError` shuttingDown; a lease that is held ends with its connection. */
  close(): void
  /** Calls back whenever a lease begins or ends; returns the way to stop. */
  onChange(listener: () => void): () => void
}

interface LeasesDeps {
  readonly turns: Pick<Turns, 'withTurn' | 'foreignHolder'>
  /** Gives the person's clipboard, pointer and focus back before another program gets the desktop. */
  readonly giveBack: (turn: Turn) => Promise<void>
  readonly clock: Clock
  readonly log: Log
  readonly newId: () => string
}

interface Lease {
  readonly id: string
  readonly holder: Holder
  readonly end: () => void
}

export function createLeases(deps: LeasesDeps): Leases {
  return new TurnLeases(deps)
}

class TurnLeases implements Leases {
  readonly #deps: LeasesDeps
  readonly #listeners = new Set<() => void>()
  /** Calls off the wish of each who waits. */
  readonly #waiting = new Set<(reason: Error) => void>()
  #held: Lease | undefined

  constructor(deps: LeasesDeps) {
    this.#deps = deps
  }

  acquire(wish: LeaseWish, signal: AbortSignal): Promise<string> {
    const { clock, turns } = this.#deps
    return new Promise((resolve, reject) => {
      const over = new AbortController()
      const callOff = (reason: Error) => {
        over.abort(reason)
        reject(reason)
      }
      const late = () => callOff(timedOut(wish, this.holder() ?? turns.foreignHolder()))
      const stopTimer = wish.timeoutMs === undefined ? () => {} : clock.setTimer(wish.timeoutMs, late)
      const gone = () => callOff(asError(signal.reason))
      signal.addEventListener('abort', gone, { once: true })
      if (signal.aborted) gone()
      this.#waiting.add(callOff)
      const granted = (id: string) => {
        this.#waiting.delete(callOff)
        stopTimer()
        resolve(id)
      }
      this.#untilOver(wish, over.signal, granted)
        .catch(reject)
        .finally(() => {
          this.#waiting.delete(callOff)
          stopTimer()
          signal.removeEventListener('abort', gone)
        })
    })
  }

  release(lease: string): void {
    if (this.#held?.id !== lease) throw new OperationError('notFound', NO_LEASE)
    this.#held.end()
  }

  holder(): Holder | undefined {
    return this.#held?.holder
  }

  close(): void {
    for (const callOff of this.#waiting) callOff(new OperationError('shuttingDown', SHUTTING_DOWN))
  }

  onChange(listener: () => void): () => void {
    const own = () => listener()
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  async #untilOver(wish: LeaseWish, over: AbortSignal, granted: (id: string) => void): Promise<void> {
    for (;;) {
      try {
        await this.#deps.turns.withTurn(wish.reason, (turn) => this.#lend(turn, wish, over, granted), over)
        return
      } catch (error) {
        // The lock's own timeout is for deliveries, which say so and try again; so does a wish without an end.
        if (!(error instanceof TurnTimeout) || over.aborted) throw error
      }
    }
  }

  /** Has the desktop from `granted` until it is released or `over` aborts. */
  async #lend(
    turn: Turn,
    { reason, pid }: LeaseWish,
    over: AbortSignal,
    granted: (id: string) => void,
  ): Promise<void> {
    const { clock, log, giveBack, newId } = this.#deps
    await giveBack(turn)
    over.throwIfAborted()
    const holder = { ...(pid !== undefined && { pid }), since: new Date(clock.now()).toISOString(), reason }
    log.info(`the desktop is lent: ${reason}`)
    await new Promise<void>((end) => {
      over.addEventListener('abort', () => end(), { once: true })
      const id = newId()
      this.#hold({ id, holder, end })
      granted(id)
    })
    this.#hold(undefined)
    log.info(`the desktop is given back: ${reason}`)
  }

  #hold(lease: Lease | undefined): void {
    this.#held = lease
    for (const listener of this.#listeners) listener()
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}

const SHUTTING_DOWN = 'Waggle is shutting down, and lends the desktop to nobody any more.'

const NO_LEASE =
  'No such lease is held. It ended when it was released or when the connection that took it was closed; desktop.acquire takes a new one.'

function timedOut({ timeoutMs = 0 }: LeaseWish, holder: Holder | undefined): OperationError {
  const who = holder ? `It is held by ${programOf(holder)}: ${holder.reason}.` : 'Deliveries were using it.'
  const sentence = `The desktop was not free within ${timeoutMs / 1000} s. ${who} Try again, or wait longer.`
  return new OperationError('timedOut', sentence)
}
