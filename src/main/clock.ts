/** Time, handed in, so that tests turn it by hand. Durations are measured by `monotonic`: the wall clock can be set. */
export interface Clock {
  /** Milliseconds since the epoch, by the wall clock. */
  now(): number
  /** Milliseconds since some fixed moment; never goes back. */
  monotonic(): number
  /** Resolves after `ms`; rejects with the signal's reason as soon as it aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls back once after `ms` (a day at the longest: then earlier than asked); returns the way to call it off. */
  setTimer(ms: number, call: () => void): () => void
}

/** Node's timers fire at once when they are given more than 2^31 - 1 ms. */
const LONGEST_TIMER_MS = 86_400_000

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  wait: (ms, signal) => waitBy(systemClock, ms, signal),
  setTimer: (ms, call) => {
    const timer = setTimeout(call, Math.min(Math.max(ms, 0), LONGEST_TIMER_MS))
    return () => clearTimeout(timer)
  },
}

/** `Clock.wait` made from a clock's `setTimer`. */
export function waitBy(clock: Pick<Clock, 'setTimer'>, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      callOff()
      reject(signal?.reason)
    }
    if (signal?.aborted) {
      reject(signal.reason)
      return
    }
    const callOff = clock.setTimer(ms, () => {
      signal?.removeEventListener('abort', abort)
      resolve()
    })
    signal?.addEventListener('abort', abort, { once: true })
  })
}
