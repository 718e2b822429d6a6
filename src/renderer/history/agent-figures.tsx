import { visible } from '../../contract/visible'
import { span } from '../format'
import { texts } from '../texts'
import { inSentence } from './chart-words'
import type { Charts } from './use-charts'

/** So many find room. */
const SHOWN = 4

interface AgentFiguresProps {
  readonly perAgent: Charts['perAgent']
  onChoose(name: string): void
}

/** The busiest agents: how many were delivered to each, and how long half of them took. */
export function AgentFigures({ perAgent, onChoose }: AgentFiguresProps) {
  const agents = Object.entries(perAgent).toSorted(([, a], [, b]) => b.delivered - a.delivered)
  const most = Math.max(1, ...agents.map(([, { delivered, failed }]) => delivered + failed))
  if (agents.length === 0) return <p className="text-[12px] text-faint">{texts.charts.nothing}</p>
  return (
    <div className="min-h-0 flex-1 overflow-hidden">
      {agents.slice(0, SHOWN).map(([name, one]) => (
        <button
          key={name}
          type="button"
          title={`${visible(name)}: ${inSentence(one)}`}
          onClick={() => onChoose(name)}
          className="flex h-[20px] w-full items-center gap-2 rounded-[4px] text-left text-[12px] text-soft hover:text-text"
        >
          <span className="w-[64px] shrink-0 truncate">{visible(name)}</span>
          <svg
            aria-hidden="true"
            viewBox="0 0 100 4"
            preserveAspectRatio="none"
            className="h-[4px] min-w-0 flex-1"
          >
            <rect width={(one.delivered / most) * 100} height="4" className="fill-ok" />
            <rect
              x={(one.delivered / most) * 100}
              width={(one.failed / most) * 100}
              height="4"
              className="fill-bad"
            />
          </svg>
          <span className="w-[44px] shrink-0 text-right font-mono text-[11.5px] text-faint">
            {one.p50 === null ? '' : span(one.p50)}
          </span>
        </button>
      ))}
    </div>
  )
}
