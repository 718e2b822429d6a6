/** How late the system may tell of an input of ours. */
const LATE_MS = 100

/** For how long there has been no input of any kind, ours included, as the system tells it. */
export interface IdleTime {
  ms(): number
  /** It is told in steps of so many ms, and never too long. */
  readonly stepMs: number
}

/** Tells a person's input from our own where the system tells only how long ago the last input of any kind was. */
export function createIdlePresence(idle: IdleTime, now: () => number = () => performance.now()) {
  let ownAt = -Infinity
  let personAt = -Infinity
  return {
    async own(act: () => Promise<void>): Promise<void> {
      try {
        await act()
      } finally {
        ownAt = now()
      }
    },

    /** For how many ms no person has touched mouse or keyboard, to the step; what they do right after an act of ours is seen that much later. */
    personIdleMs(): number {
      const lastInputAt = now() - idle.ms()
      if (lastInputAt > ownAt + idle.stepMs + LATE_MS) personAt = lastInputAt
      return now() - personAt
    },
  }
}
