import type { Period } from '../state/place'

const HOUR = 3_600_000

/** What the charts show: so many buckets up to now, each as wide as its words say. */
export interface ChartRange {
  readonly since: number
  readonly until: number
  readonly bucketMs: number
  readonly unit: 'hour' | 'hours' | 'day'
  readonly period: 'day' | 'week' | 'month'
}

const shapes = {
  day: { unit: 'hour', hours: 1, count: 24 },
  week: { unit: 'hours', hours: 6, count: 28 },
  month: { unit: 'day', hours: 24, count: 30 },
} as const

/** The range for a period; of any time the last day is shown. Buckets begin at full hours of the desk's own time zone. */
export function chartRange(period: Period, now: number): ChartRange {
  const shown = period === 'all' ? 'day' : period
  const { unit, hours, count } = shapes[shown]
  const width = hours * HOUR
  const midnight = new Date(now)
  midnight.setHours(0, 0, 0, 0)
  const until = midnight.getTime() + Math.ceil((now + 1 - midnight.getTime()) / width) * width
  return { since: until - count * width, until, bucketMs: width, unit, period: shown }
}
