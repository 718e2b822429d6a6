import { systemClock, type Clock } from '../clock'

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

/** For so long at most a group waits for others; a commit takes about as long. */
const LONGEST_WAIT_MS = 2

/**
 * Collects what is asked for and commits it together, since a disk takes as long for one commit as for a hundred: all of
 * one round of the event loop, and up to as many as the last group had, for they are likely to come again: those who ask
 * the next thing once the last is answered would else fall into ever the same small groups. One alone waits for nobody.
 * `commit` is all or nothing: when it throws, everyone in the group is told.
 */
export function createGroupCommit<In, Out>(
  commit: (items: readonly In[]) => readonly Settled<Out>[],
  setTimer: Clock['setTimer'] = systemClock.setTimer,
): GroupCommit<In, Out> {
  let waiters: Waiter<In, Out>[] = []
  let expected = 1
  let isDue = false
  let callOff: (() => void) | undefined

  const flush = () => {
    callOff?.()
    callOff = undefined
    isDue = false
    const group = waiters
    waiters = []
    if (group.length === 0) return
    expected = group.length
    tell(group, commit)
  }
  const come = () => {
    if (isDue) return
    if (waiters.length < expected) callOff ??= setTimer(LONGEST_WAIT_MS, flush)
    else {
      isDue = true
      setImmediate(flush)
    }
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiters.push({ item, resolve, reject })
        come()
      }),
    flush,
  }
}

function tell<In, Out>(
  group: readonly Waiter<In, Out>[],
  commit: (items: readonly In[]) => readonly Settled<Out>[],
): void {
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
