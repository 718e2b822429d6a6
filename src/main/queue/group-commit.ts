interface Waiter<In, Out> {
  readonly item: In
  resolve(result: Out): void
  reject(error: unknown): void
}

/** How a group of items went: the result of each, or the error that concerns it alone. */
export type Settled<Out> =
  | { readonly ok: true; readonly result: Out }
  | { readonly ok: false; readonly error: unknown }

export interface GroupCommit<In, Out> {
  /** Resolves with the item's result once its group is committed. */
  add(item: In): Promise<Out>
  /** Commits now what still waits. */
  flush(): void
}

/**
 * Collects what is asked for in one round of the event loop and commits it together, since a disk takes as long for
 * one commit as for a hundred. `commit` is all or nothing: when it throws, everyone in the group is told.
 */
export function createGroupCommit<In, Out>(
  commit: (items: readonly In[]) => readonly Settled<Out>[],
): GroupCommit<In, Out> {
  let waiters: Waiter<In, Out>[] = []

  const flush = () => {
    const group = waiters
    waiters = []
    if (group.length === 0) return
    try {
      const results = commit(group.map(({ item }) => item))
      for (const [index, settled] of results.entries()) {
        if (settled.ok) group[index]?.resolve(settled.result)
        else group[index]?.reject(settled.error)
      }
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        if (waiters.length === 0) setImmediate(flush)
        waiters.push({ item, resolve, reject })
      }),
    flush,
  }
}
