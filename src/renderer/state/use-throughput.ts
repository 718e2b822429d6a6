import { useEffect, useState } from 'react'
import type { Live } from './live'

const MINUTE = 60_000
const MINUTES = 5
/** While messages arrive the figure is asked for this often at most; without any, until it is down to 0. */
const BUSY_MS = 5000
const QUIET_MS = 30_000

/** Deliveries a minute over the last five; 0 also while it is not known. */
export function useThroughput(live: Live): number {
  const [perMinute, setPerMinute] = useState(0)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let due = Infinity
    const askIn = (ms: number) => {
      const at = performance.now() + ms
      if (at >= due) return
      clearTimeout(timer)
      due = at
      timer = setTimeout(() => void ask(), ms)
    }
    const ask = async () => {
      due = Infinity
      const delivered = await deliveredLately(live)
      setPerMinute(Math.round(delivered / MINUTES))
      if (delivered > 0) askIn(QUIET_MS)
    }
    const stop = live.onMessages((changed) => {
      if (changed.some(({ state }) => state === 'delivered')) askIn(BUSY_MS)
    })
    askIn(0)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [live])
  return perMinute
}

async function deliveredLately(live: Live): Promise<number> {
  const now = Date.now()
  try {
    const { buckets } = await live.call('stats.history', {
      since: new Date(now - MINUTES * MINUTE).toISOString(),
      until: new Date(now).toISOString(),
      bucketMs: MINUTES * MINUTE,
    })
    return buckets[0]?.delivered ?? 0
  } catch {
    // A figure on the side: what is wrong is said where it matters.
    return 0
  }
}
