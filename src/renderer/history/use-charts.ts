import { useEffect, useState } from 'react'
import type { StatsHistory } from '../../contract/stats'
import type { Live } from '../state/live'
import { isSettled } from '../state/live-state'
import type { Period } from '../state/place'
import { chartRange, type ChartRange } from './chart-range'

export interface Charts extends StatsHistory {
  readonly range: ChartRange
}

/** The least time between two looks while messages end. */
const AGAIN_MS = 2000

/** How messages ended in the period, to this agent or to all; undefined until it has come. */
export function useCharts(live: Live, period: Period, to: string | undefined): Charts | undefined {
  const [charts, setCharts] = useState<Charts>()
  useEffect(() => {
    let wanted = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      timer = undefined
      const found = await read(live, period, to)
      if (wanted && found) setCharts(found)
    }
    const stop = live.onMessages((changed) => {
      if (changed.some(isSettled)) timer ??= setTimeout(() => void ask(), AGAIN_MS)
    })
    void ask()
    return () => {
      wanted = false
      stop()
      clearTimeout(timer)
    }
  }, [live, period, to])
  return charts
}

async function read(live: Live, period: Period, to: string | undefined): Promise<Charts | undefined> {
  const range = chartRange(period, Date.now())
  const { since, until, bucketMs } = range
  try {
    const found = await live.call('stats.history', {
      since: new Date(since).toISOString(),
      until: new Date(until).toISOString(),
      bucketMs,
      ...(to !== undefined && { to }),
    })
    return { ...found, range }
  } catch {
    // The list below says what is wrong; pictures of the past can wait for the next change.
    return undefined
  }
}
