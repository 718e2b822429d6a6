/** How fast messages go at present, for telling a refused sender when to come back. */
export interface Pace {
  notice(deliveryMs: number): void
  /** About how long it takes until `count` more messages have gone, in ms. */
  timeFor(count: number): number
}

const SAMPLE = 20
const UNKNOWN_MS = 200
const SOONEST_MS = 100
const LATEST_MS = 60_000

export function createPace(): Pace {
  const recent: number[] = []
  return {
    notice(deliveryMs) {
      recent.push(deliveryMs)
      if (recent.length > SAMPLE) recent.shift()
    },
    timeFor(count) {
      const each = recent.length === 0 ? UNKNOWN_MS : recent.reduce((sum, ms) => sum + ms, 0) / recent.length
      return Math.round(Math.min(Math.max(each * count, SOONEST_MS), LATEST_MS))
    },
  }
}
