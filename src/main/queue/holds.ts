import type { FailureCode } from '../../contract/failure'
import type { Clock } from '../clock'

const FIRST_LOOK_MS = 200
const LONGEST_LOOK_MS = 1000

interface Hold {
  readonly kind: 'waiting' | 'retrying'
  readonly pauseMs: number
  readonly until: number
}

/**
 * The agents the courier passes over for now, and until when. One that waits for something is looked at again after
 * 200 ms, then ever later, up to 1 s: soon enough to go within 2 s of what it waited for, seldom enough to cost little.
 */
export class Holds {
  readonly #clock: Pick<Clock, 'monotonic'>
  readonly #holds = new Map<string, Hold>()
  /** When {@link held} was last asked. */
  #lookedAt = -Infinity

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock
  }

  /** Passes over an agent that waits for something; each time in a row a little longer, for a busy one always as long. */
  wait(agent: string, code: FailureCode): void {
    const before = this.#holds.get(agent)
    const pauseMs = before?.kind === 'waiting' ? Math.min(before.pauseMs * 2, LONGEST_LOOK_MS) : FIRST_LOOK_MS
    this.#hold(agent, 'waiting', code === 'agent-busy' ? LONGEST_LOOK_MS : pauseMs)
  }

  /** Passes over an agent after a failed attempt. */
  retry(agent: string, pauseMs: number): void {
    this.#hold(agent, 'retrying', pauseMs)
  }

  clear(agent: string): void {
    this.#holds.delete(agent)
  }

  /** Looks at all that wait at once: something has changed. Pauses after failed attempts stay. */
  clearWaiting(): void {
    for (const [agent, { kind }] of this.#holds) {
      if (kind === 'waiting') this.#holds.delete(agent)
    }
  }

  /** The agents to pass over now. */
  held(): ReadonlySet<string> {
    const now = this.#clock.monotonic()
    this.#lookedAt = now
    return new Set([...this.#holds].filter(([, { until }]) => until > now).map(([agent]) => agent))
  }

  /**
   * In how many ms the next of those that {@link held} passed over is to be looked at; undefined when there was none. One
   * whose time has come since then counts as well, or nobody would ever look at it again.
   */
  nextLookMs(): number | undefined {
    const ahead = [...this.#holds.values()]
      .map(({ until }) => until)
      .filter((until) => until > this.#lookedAt)
    return ahead.length === 0 ? undefined : Math.max(0, Math.min(...ahead) - this.#clock.monotonic())
  }

  #hold(agent: string, kind: Hold['kind'], pauseMs: number): void {
    this.#holds.set(agent, { kind, pauseMs, until: this.#clock.monotonic() + pauseMs })
  }
}
