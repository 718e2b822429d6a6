import type { Clock } from '../../clock'
import type { Desktop } from '../../desktop/desktop'
import { HandsOff } from '../../hands-off'

/** So long a delivery past its submit key may go on to see whether it went, where that takes keys. */
const GRACE_MS = 100

interface StoppedDeps {
  readonly desktop: Pick<Desktop, 'halt'>
  readonly clock: Clock
}

/** A delivery that can be stopped: `over` aborts when it may neither act nor wait any more. */
export interface Stoppable {
  readonly over: AbortSignal
  /** A clock by which nothing is waited for once it is over. */
  readonly clock: Clock
  /** It does nothing any more that could be stopped. */
  release(): void
}

/** By a signal that aborts with {@link HandsOff}; with any other reason the delivery may clear up. */
export function stoppable(
  signal: AbortSignal,
  isSubmitted: () => boolean,
  { desktop, clock }: StoppedDeps,
): Stoppable {
  const end = new AbortController()
  let callOff: (() => void) | undefined
  const stopNow = () => {
    end.abort(signal.reason)
    desktop.halt().catch(() => undefined)
  }
  const stop = () => {
    if (!(signal.reason instanceof HandsOff)) return
    if (isSubmitted()) callOff = clock.setTimer(GRACE_MS, stopNow)
    else stopNow()
  }
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  return {
    over: end.signal,
    clock: {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      setTimer: (ms, call) => clock.setTimer(ms, call),
      wait: (ms, other) => clock.wait(ms, other ? AbortSignal.any([other, end.signal]) : end.signal),
    },
    release() {
      signal.removeEventListener('abort', stop)
      callOff?.()
    },
  }
}
