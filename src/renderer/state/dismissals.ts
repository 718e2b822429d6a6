/** Failed messages that someone has seen and wants to see no more among those that need them. */
export interface Dismissals {
  /** The ids; the same object until it changes. */
  readonly ids: () => ReadonlySet<string>
  dismiss(ids: readonly string[]): void
  readonly subscribe: (listener: () => void) => () => void
}

/** What the browser's own storage does, as far as it is needed here. */
export interface TextStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

const KEY = 'waggle.dismissed'
/** Failures call for someone for a day only, so older ids can be forgotten. */
const KEPT = 1000

/** Kept in this window's own storage, so that they survive its reopening. */
export function createDismissals(storage: TextStorage): Dismissals {
  const listeners = new Set<() => void>()
  let ids: ReadonlySet<string> = new Set(read(storage))
  return {
    ids: () => ids,
    dismiss: (more) => {
      ids = new Set([...ids, ...more].slice(-KEPT))
      storage.setItem(KEY, JSON.stringify([...ids]))
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function read(storage: TextStorage): string[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    // Not what we wrote: nothing is dismissed then, and nothing is lost by it.
    return []
  }
}
