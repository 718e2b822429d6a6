import { span } from '../format'
import { texts } from '../texts'
import type { Bucket } from './chart-words'
import type { Charts } from './use-charts'

const HEIGHT = 100

/** Half of the deliveries below the strong line, 95 % below the faint one; the figures are those of the whole period. */
export function TimeLines({ charts: { buckets, total } }: { charts: Charts }) {
  const most = Math.max(1, ...buckets.map(({ p95 }) => p95 ?? 0))
  const { p50, p95 } = total
  if (p50 === null || p95 === null)
    return <p className="flex-1 text-[12px] text-faint">{texts.charts.nothing}</p>
  return (
    <div className="flex min-h-0 flex-1 items-stretch gap-3">
      <p className="w-[98px] shrink-0 text-[12px] leading-[16px] text-soft">
        <span className="block text-[18px] leading-[24px] font-[620] text-text">{span(p50)}</span>
        {texts.charts.half}
        <span className="block">{texts.charts.most(span(p95))}</span>
      </p>
      <svg
        role="img"
        aria-label={texts.charts.timesAlt(span(p50), span(p95))}
        viewBox={`0 0 ${Math.max(1, buckets.length - 1)} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="min-h-0 min-w-0 flex-1 overflow-visible"
      >
        <path d={line(buckets, most, 'p95')} className="fill-none stroke-faint/60" {...stroke} />
        <path d={line(buckets, most, 'p50')} className="fill-none stroke-accent" {...stroke} />
      </svg>
    </div>
  )
}

const stroke = {
  strokeWidth: 1.5,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
  vectorEffect: 'non-scaling-stroke',
} as const

/** A stretch of hours without deliveries is a gap; one by itself is a dot. */
function line(buckets: readonly Bucket[], most: number, which: 'p50' | 'p95'): string {
  let drawing = false
  return buckets
    .map((bucket, index) => {
      const ms = bucket[which]
      const command = drawing ? 'L' : 'M'
      drawing = ms !== null
      if (ms === null) return ''
      const y = (HEIGHT - (ms / most) * (HEIGHT - 4) - 2).toFixed(1)
      return `${command}${index} ${y}${command === 'M' ? 'h0' : ''}`
    })
    .join('')
}
