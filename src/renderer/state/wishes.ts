import type { Wish } from '../../contract/bridge'

/** The wish that this page's window was last opened with; each one is an object of its own. */
export interface Wishes {
  current(): Wish | undefined
  subscribe(listener: () => void): () => void
}

/** Listens from now on, so that a wish told before the page is drawn is not lost. */
export function createWishes(onWish: (listener: (wish: Wish) => void) => () => void): Wishes {
  const listeners = new Set<() => void>()
  let current: Wish | undefined
  onWish((wish) => {
    current = wish
    for (const listener of listeners) listener()
  })
  return {
    current: () => current,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
