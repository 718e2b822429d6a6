import { visible } from '../../contract/visible'
import { ChevronDown, Pause, Play } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { Agent } from '../../contract/agent'
import type { QueueStatus } from '../../contract/operations'
import { texts } from '../texts'
import { keys } from '../texts/shortcuts'
import { Button } from './button'

interface PauseControlProps {
  readonly status: QueueStatus
  readonly agents: readonly Agent[]
  /** Without a name: all. */
  onPause(agent: string | undefined, paused: boolean): void
  onStopNow(): void
}

/** Pauses all; the menu beside it pauses one agent, or stops what is under way. */
export function PauseControl({ status, agents, onPause, onStopNow }: PauseControlProps) {
  const { header, pauseMenu } = texts
  return (
    <div className="flex shrink-0">
      <Button shortcut={keys.pause} joined="right" onPress={() => onPause(undefined, !status.paused)}>
        {status.paused ? <Play size={13} /> : <Pause size={13} />}
        <span className="w-[50px] text-left">{status.paused ? header.resume : header.pause}</span>
      </Button>
      {/* Not modal: the rest of the window goes on working, and no style is written into the page. */}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          aria-label={pauseMenu.open}
          className="-ml-px grid h-[30px] w-[24px] place-items-center rounded-r-[7px] border border-line bg-raise text-faint transition-colors duration-150 hover:text-text"
        >
          <ChevronDown size={13} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={5}
            className="menu max-h-[60vh] min-w-[220px] overflow-y-auto"
          >
            {status.delivering ? (
              <DropdownMenu.Item className="menu-item" onSelect={onStopNow}>
                {pauseMenu.stopNow}
              </DropdownMenu.Item>
            ) : null}
            <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-[11.5px] text-faint">
              {pauseMenu.title}
            </DropdownMenu.Label>
            {agents.map(({ name }) => (
              <AgentItem key={name} name={name} status={status} onPause={onPause} />
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </div>
  )
}

interface AgentItemProps extends Pick<PauseControlProps, 'status' | 'onPause'> {
  readonly name: string
}

function AgentItem({ name, status, onPause }: AgentItemProps) {
  const { paused = false, depth = 0 } = status.perAgent[name] ?? {}
  return (
    <DropdownMenu.CheckboxItem
      checked={paused}
      className="menu-item"
      // The menu stays, for several agents one after the other.
      onSelect={(event) => event.preventDefault()}
      onCheckedChange={(checked) => onPause(name, checked)}
    >
      <span className="truncate">{visible(name)}</span>
      <span className="ml-auto font-mono text-[12px] text-faint">{depth > 0 ? depth : ''}</span>
      <span className="w-[46px] text-right text-[12px] text-faint">
        {paused ? texts.pauseMenu.paused : ''}
      </span>
    </DropdownMenu.CheckboxItem>
  )
}
