import type { Agent } from '../../contract/agent'
import type { QueueStatus } from '../../contract/operations'
import { texts } from '../texts'
import { stateOf } from './header-state'
import { PauseControl } from './pause-control'

interface HeaderProps {
  readonly title: string
  readonly status: QueueStatus
  readonly agents: readonly Agent[]
  /** Deliveries a minute over the last minutes. */
  readonly throughput: number
  onPause(agent: string | undefined, paused: boolean): void
  onStopNow(): void
}

export function Header({ title, status, agents, throughput, onPause, onStopNow }: HeaderProps) {
  const { words, dot } = stateOf(status)
  return (
    <header className="flex min-w-0 items-center gap-3 border-b border-line px-[18px]">
      <h1 className="text-[14px] font-[620]">{title}</h1>
      <p className="flex min-w-0 items-center gap-2 rounded-full border border-line px-[11px] py-[3px] text-[12px] text-soft">
        <span className={`size-2 shrink-0 rounded-full ${dot}`} />
        <span className="truncate">{words}</span>
      </p>
      <div className="ml-auto flex shrink-0 items-center gap-3">
        {throughput > 0 ? (
          <span title={texts.throughputTitle} className="font-mono text-[12px] text-faint">
            {texts.throughput(throughput)}
          </span>
        ) : null}
        <PauseControl status={status} agents={agents} onPause={onPause} onStopNow={onStopNow} />
      </div>
    </header>
  )
}
