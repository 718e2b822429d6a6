import type { Outcomes, StatsHistory } from '../../contract/stats'
import { clockTime, span } from '../format'
import { texts } from '../texts'
import type { ChartRange } from './chart-range'

export type Bucket = StatsHistory['buckets'][number]
type Totals = Pick<Outcomes, 'delivered' | 'failed' | 'inDoubt'>

/** "412 delivered, 3 failed, 1 in doubt": what there was none of is left out, deliveries excepted. */
export function inSentence({ delivered, failed, inDoubt }: Totals): string {
  const { charts } = texts
  const parts = [
    charts.delivered(delivered),
    failed > 0 ? charts.failed(failed) : undefined,
    inDoubt > 0 ? charts.inDoubt(inDoubt) : undefined,
  ]
  return parts.filter((part) => part !== undefined).join(', ')
}

/** What a bucket says when it is pointed at. */
export function pointWords(bucket: Bucket, unit: ChartRange['unit']): string {
  const times =
    bucket.p50 === null || bucket.p95 === null
      ? ''
      : `\n${texts.charts.timesAlt(span(bucket.p50), span(bucket.p95))}`
  return `${tickWords(bucket.start, unit)}: ${inSentence(bucket)}${times}`
}

/** When a bucket begins: "14:00", "Mon 06:00" or "23 Nov". */
export function tickWords(iso: string, unit: ChartRange['unit']): string {
  const at = new Date(iso)
  const time = clockTime(iso).slice(0, 5)
  if (unit === 'hour') return time
  if (unit === 'hours') return `${at.toLocaleDateString('en-GB', { weekday: 'short' })} ${time}`
  return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })
}
