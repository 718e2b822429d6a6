import { inSentence, pointWords, tickWords, type Bucket } from './chart-words'
import { texts } from '../texts'
import type { Charts } from './use-charts'

/** The picture's own units: each bucket is this wide, the whole this high; it is stretched to where it stands. */
const WIDTH = 10
const HEIGHT = 100
const GAP = 2
/** What happened is seen, however little of it there was. */
const LEAST = 3

const count = ({ delivered, failed, inDoubt }: Bucket) => delivered + failed + inDoubt

/** A bar for each bucket: delivered below, then in doubt, then failed. */
export function OutcomeBars({ charts: { buckets, range, total } }: { charts: Charts }) {
  const most = Math.max(1, ...buckets.map(count))
  return (
    <svg
      role="img"
      aria-label={alternative(buckets, inSentence(total), range.unit)}
      viewBox={`0 0 ${buckets.length * WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="min-h-0 w-full flex-1"
    >
      {buckets.map((bucket, index) => (
        <g key={bucket.start} transform={`translate(${index * WIDTH + GAP / 2} 0)`}>
          <title>{pointWords(bucket, range.unit)}</title>
          <rect width={WIDTH - GAP} height={HEIGHT} fill="transparent" />
          {count(bucket) === 0 ? (
            <rect y={HEIGHT - 1} width={WIDTH - GAP} height={1} className="fill-line" />
          ) : (
            <Bar bucket={bucket} most={most} />
          )}
        </g>
      ))}
    </svg>
  )
}

function Bar({ bucket, most }: { bucket: Bucket; most: number }) {
  let top = HEIGHT
  return [
    ['fill-ok', bucket.delivered] as const,
    ['fill-doubt', bucket.inDoubt] as const,
    ['fill-bad', bucket.failed] as const,
  ].map(([colour, value]) => {
    if (value === 0) return null
    const height = Math.max(LEAST, (value / most) * (HEIGHT - 2 * LEAST))
    top -= height
    return <rect key={colour} y={top} width={WIDTH - GAP} height={height} className={colour} />
  })
}

function alternative(buckets: readonly Bucket[], sum: string, unit: Charts['range']['unit']): string {
  const busiest = buckets.reduce<Bucket | undefined>(
    (best, one) => (best && count(best) >= count(one) ? best : one),
    undefined,
  )
  if (!busiest || count(busiest) === 0) return sum
  return `${sum}; ${texts.charts.peak(count(busiest), tickWords(busiest.start, unit))}`
}
