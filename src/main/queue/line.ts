import type { Entry, FairOrder } from './fair-order'
import type { Waits } from './waits'

/** Part of the line, by the agent and the sender. */
export interface LineFilter {
  readonly to?: string
  readonly from?: string
  readonly skip?: number
  readonly limit: number
}

export interface LinePart {
  readonly ids: string[]
  readonly total: number
  /** So many of `total`, at the end of the line, are held, or are for agents that cannot be written to now. */
  readonly held: number
}

/**
 * The line as it will be taken if nothing more comes; worked out once for each change, however often it is asked.
 * Whoever `isAside` names is no agent: what is kept for those stands in no line.
 */
export function createLine(
  order: FairOrder,
  waits: Waits,
  isAside: (agent: string) => boolean,
): (filter: LineFilter) => LinePart {
  let known: { readonly at: string; readonly entries: readonly Entry[]; readonly ready: number } | undefined
  const present = () => {
    const at = `${order.version} ${waits.version}`
    if (known?.at === at) return known
    const isHeld = ({ id, to }: Entry) => waits.isHeld(to) || order.heldBy(id) !== undefined
    const ready = order.inOrder(isHeld)
    const held = order.inOrder((entry) => !isHeld(entry) || isAside(entry.to))
    known = { at, entries: [...ready, ...held], ready: ready.length }
    return known
  }
  return ({ to, from, skip = 0, limit }) => {
    const { entries, ready } = present()
    const fits = (entry: Entry) =>
      (to === undefined || entry.to === to) && (from === undefined || entry.from === from)
    const all = to === undefined && from === undefined
    const found = all ? entries : entries.filter(fits)
    return {
      ids: found.slice(skip, skip + limit).map(({ id }) => id),
      total: found.length,
      held: all ? entries.length - ready : entries.slice(ready).filter(fits).length,
    }
  }
}
