import type { ReactNode } from 'react'
import { texts } from '../texts'
import { AgentFigures } from './agent-figures'
import { inSentence, tickWords } from './chart-words'
import { OutcomeBars } from './outcome-bars'
import { TimeLines } from './time-lines'
import type { Charts } from './use-charts'

interface ChartsRowProps {
  readonly charts: Charts | undefined
  onAgent(name: string): void
}

/** How messages ended, above the table; in a low window one sentence. */
export function ChartsRow({ charts, onAgent }: ChartsRowProps) {
  const { charts: words } = texts
  const period = charts ? words.periods[charts.range.period] : words.loading
  const sentence = charts ? inSentence(charts.total) : words.loading
  return (
    <>
      <p className="mt-2.5 shrink-0 text-[12px] text-soft tall:hidden">
        {charts ? `${period}: ${sentence}` : words.loading}
      </p>
      <div className="mt-3 hidden h-[124px] shrink-0 grid-cols-[1.5fr_1fr] gap-3 tall:grid roomy:grid-cols-[1.7fr_1fr_1fr]">
        <Card title={period} aside={sentence}>
          {charts ? <OutcomeBars charts={charts} /> : null}
          <Axis charts={charts} />
        </Card>
        <Card title={words.times}>
          {charts ? <TimeLines charts={charts} /> : null}
          <Axis charts={charts} />
        </Card>
        <Card title={words.agents} className="hidden roomy:flex">
          {charts ? <AgentFigures perAgent={charts.perAgent} onChoose={onAgent} /> : null}
        </Card>
      </div>
    </>
  )
}

interface CardProps {
  readonly title: string
  readonly aside?: string
  readonly className?: string
  readonly children: ReactNode
}

function Card({ title, aside = '', className = 'flex', children }: CardProps) {
  return (
    <section
      className={`${className} min-h-0 min-w-0 flex-col rounded-[11px] border border-line bg-panel px-3.5 pt-2.5 pb-2`}
    >
      <div className="mb-2 flex items-baseline justify-between gap-3 text-[12px]">
        <h2 className="shrink-0 font-medium text-faint">{title}</h2>
        <span className="truncate text-soft">{aside}</span>
      </div>
      {children}
    </section>
  )
}

/** When the first and the last bucket begin. */
function Axis({ charts }: { charts: Charts | undefined }) {
  const first = charts?.buckets[0]
  const last = charts?.buckets.at(-1)
  return (
    <div aria-hidden="true" className="mt-1 flex h-[14px] justify-between font-mono text-[10.5px] text-faint">
      <span>{charts && first ? tickWords(first.start, charts.range.unit) : ''}</span>
      <span>{charts && last ? tickWords(last.start, charts.range.unit) : ''}</span>
    </div>
  )
}
