import type { DeliveryStep } from '../../../contract/message'
import type { Clock } from '../../clock'
import type { Run } from './attempt'

/** Runs steps and tells how long each took, in ms with one decimal, and why one failed. */
export function stopwatch(
  clock: Pick<Clock, 'monotonic'>,
  done: (step: DeliveryStep, ms: number, error?: unknown) => void,
): Run {
  return async (step, act) => {
    const from = clock.monotonic()
    const ms = () => roundedMs(clock.monotonic() - from)
    try {
      const result = await act()
      done(step, ms())
      return result
    } catch (error) {
      done(step, ms(), error)
      throw error
    }
  }
}

export function roundedMs(ms: number): number {
  return Math.round(ms * 10) / 10
}
