import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { Live } from '../state/live'
import { createLinePages, type LinePages, type LineView } from './line-pages'

export interface Line extends LineView, Pick<LinePages, 'look'> {
  /** The ids from one place to another, also of rows that were never looked at. */
  idsBetween(first: number, last: number): Promise<readonly string[]>
}

/** The line as it will be taken, kept current. */
export function useLine(live: Live): Line {
  const pages = useMemo(() => createLinePages({ call: live.call, setTimer }), [live])
  const view = useSyncExternalStore(pages.subscribe, pages.view)
  useEffect(() => {
    let version = live.state().lineVersion
    pages.changed()
    return live.subscribe(() => {
      const now = live.state().lineVersion
      if (now !== version) pages.changed()
      version = now
    })
  }, [live, pages])
  return useMemo(
    () => ({ ...view, look: pages.look, idsBetween: (first, last) => idsBetween(live, first, last) }),
    [view, pages, live],
  )
}

function setTimer(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** The most that the contract gives at once. */
const AT_ONCE = 1000

async function idsBetween(live: Live, first: number, last: number): Promise<readonly string[]> {
  const ids = new Set<string>()
  for (let skip = first; skip <= last; skip += AT_ONCE) {
    const limit = Math.min(AT_ONCE, last - skip + 1)
    const { messages } = await live.call('message.list', { order: 'delivery', skip, limit })
    for (const { id } of messages) ids.add(id)
  }
  return [...ids]
}
