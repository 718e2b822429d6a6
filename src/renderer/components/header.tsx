import type { QueueStatus } from '../../contract/operations'
import { texts } from '../texts'
import { Button } from './button'

interface HeaderProps {
  readonly title: string
  readonly status: QueueStatus
  onPause(): void
}

export function Header({ title, status, onPause }: HeaderProps) {
  const { words, dot } = stateOf(status)
  return (
    <header className="flex min-w-0 items-center gap-3 border-b border-line px-[18px]">
      <h1 className="text-[14px] font-[620]">{title}</h1>
      <p
        role="status"
        className="flex min-w-0 items-center gap-2 rounded-full border border-line px-[11px] py-[3px] text-[12px] text-soft"
      >
        <span className={`size-2 shrink-0 rounded-full ${dot}`} />
        <span className="truncate">{words}</span>
      </p>
      <div className="ml-auto">
        <Button shortcut="P" onPress={onPause}>
          <span className="w-[50px] text-center">
            {status.paused ? texts.header.resume : texts.header.pause}
          </span>
        </Button>
      </div>
    </header>
  )
}

/** The state in words; the dot has the accent's colour only while something happens. */
export function stateOf(status: QueueStatus): { readonly words: string; readonly dot: string } {
  const { header } = texts
  const pausedAgents = Object.keys(status.perAgent).filter((name) => status.perAgent[name]?.paused)
  if (status.delivering) return { words: header.delivering(status.delivering.to), dot: 'bg-accent' }
  if (status.paused) return { words: header.paused, dot: 'border-2 border-faint' }
  if (status.holder) return { words: header.otherProgram, dot: 'bg-wait' }
  if (status.depth > 0) return { words: header.waiting(status.depth), dot: 'bg-wait' }
  if (pausedAgents.length > 0) {
    return { words: header.pausedAgents(pausedAgents.join(', ')), dot: 'border-2 border-faint' }
  }
  return { words: header.idle, dot: 'bg-faint/50' }
}
