import type { FairOrder } from './fair-order'
import type { Inboxes } from './inboxes'
import type { Inserted, MessageStore, NewMessage } from './message-store'
import type { createPace } from './pace'
import { queueFull } from './store-errors'

interface AdmissionDeps {
  readonly store: Pick<MessageStore, 'insert' | 'sentBefore'>
  readonly inboxes: Inboxes
  readonly order: Pick<FairOrder, 'depths'>
  readonly pace: ReturnType<typeof createPace>
  /** Looked at with each that comes. */
  readonly deps: { readonly limit: number }
}

/**
 * Lets messages in as long as there is room. Each inbox has its own limit: one that nobody empties keeps nobody else
 * from sending.
 */
export class Admission {
  readonly #deps: AdmissionDeps
  /** Messages on their way to the disk: they take room already. */
  #pending = 0

  constructor(deps: AdmissionDeps) {
    this.#deps = deps
  }

  get isBusy(): boolean {
    return this.#pending > 0
  }

  /** Resolves once they are on disk. Throws `OperationError` queueFull; what a known key stands for takes no room. */
  async admit(batch: readonly NewMessage[]): Promise<readonly Inserted[]> {
    const fresh = this.#isKnown(batch) ? [] : batch
    this.#requireRoom(fresh)
    this.#pending += fresh.length
    try {
      return await this.#deps.store.insert(batch)
    } finally {
      this.#pending -= fresh.length
    }
  }

  #isKnown([first]: readonly NewMessage[]): boolean {
    return first?.key !== undefined && this.#deps.store.sentBefore(first.from, first.key).length > 0
  }

  #requireRoom(batch: readonly NewMessage[]): void {
    const { inboxes, order, pace, deps } = this.#deps
    const counts = new Map<string | undefined, number>()
    for (const { to } of batch) {
      const inbox = inboxes.has(to) ? to : undefined
      counts.set(inbox, (counts.get(inbox) ?? 0) + 1)
    }
    for (const [inbox, count] of counts) {
      const { depths } = order
      const waiting =
        inbox === undefined ? depthOf(depths, inboxes) + this.#pending : (depths.get(inbox) ?? 0)
      const free = deps.limit - waiting
      if (count <= free) continue
      throw queueFull({ count, waiting, limit: deps.limit, retryAfterMs: pace.timeFor(count - free), inbox })
    }
  }
}

/** How many wait for the courier, without those in inboxes. */
export function depthOf(depths: ReadonlyMap<string, number>, inboxes: Inboxes): number {
  let depth = 0
  for (const [agent, count] of depths) if (!inboxes.has(agent)) depth += count
  return depth
}
