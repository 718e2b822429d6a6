import type { QueueStatus } from '../../contract/operations'
import { texts } from '../texts'
import { Button } from './button'
import { stateOf } from './header-state'

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
