import { OperationError } from '../../contract/failure'
import { isFinal, type Message } from '../../contract/message'
import type { Clock } from '../clock'

interface Waiter {
  resolve(message: Message): void
  reject(error: unknown): void
}

/** Those who wait for a message's final state. */
export interface FinalWaiters {
  /** Rejects with `OperationError` timedOut after `timeoutMs`, or with the signal's reason. */
  wait(id: string, timeoutMs: number | undefined, signal: AbortSignal | undefined): Promise<Message>
  notice(message: Message): void
  rejectAll(error: Error): void
}

export function createFinalWaiters(clock: Clock): FinalWaiters {
  const byMessage = new Map<string, Set<Waiter>>()

  const forget = (id: string, waiter: Waiter) => {
    const waiters = byMessage.get(id)
    waiters?.delete(waiter)
    if (waiters?.size === 0) byMessage.delete(id)
  }

  return {
    wait(id, timeoutMs, signal) {
      return new Promise((resolve, reject) => {
        const end = () => {
          forget(id, waiter)
          cancelTimer?.()
          signal?.removeEventListener('abort', abort)
        }
        const waiter: Waiter = {
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
            : clock.setTimer(timeoutMs, () => waiter.reject(timedOut(id, timeoutMs)))
        byMessage.set(id, (byMessage.get(id) ?? new Set()).add(waiter))
        signal?.addEventListener('abort', abort, { once: true })
        if (signal?.aborted) abort()
      })
    },
    notice(message) {
      if (!isFinal(message.state)) return
      for (const waiter of byMessage.get(message.id) ?? []) waiter.resolve(message)
    },
    rejectAll(error) {
      for (const waiter of [...byMessage.values()].flatMap((waiters) => [...waiters])) waiter.reject(error)
    },
  }
}

function timedOut(id: string, timeoutMs: number): OperationError {
  return new OperationError(
    'timedOut',
    `Waited ${timeoutMs} ms for message ${id}, and it is not in a final state yet. It stays queued; wait again or cancel it.`,
    { id, timeoutMs },
  )
}
