/** How late and how coarsely (whole seconds) the system says when the last input came. */
const TOLERANCE_MS = 1100

/** Tells a person's input from our own where the system tells only how long ago the last input of any kind was. */
export function createIdlePresence(idleSeconds: () => number) {
  let ownAt = -Infinity
  let personAt = -Infinity
  return {
    async own(act: () => Promise<void>): Promise<void> {
      try {
        await act()
      } finally {
        ownAt = performance.now()
      }
    },

    /** For how many ms no person has touched mouse or keyboard, to the second. */
    personIdleMs(): number {
      const lastInputAt = performance.now() - idleSeconds() * 1000
      if (lastInputAt > ownAt + TOLERANCE_MS) personAt = lastInputAt
      return performance.now() - personAt
    },
  }
}
