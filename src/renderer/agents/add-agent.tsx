import { useState, type FormEvent } from 'react'
import type { Agent } from '../../contract/agent'
import { Button } from '../components/button'
import { Dialog } from '../components/dialog'
import type { Call } from '../state/call'
import { agentTexts as texts } from '../texts/agents'
import { TmuxPanes, WrapCommand } from './in-terminal'
import type { AgentActions } from './use-agent-actions'

interface AddAgentProps {
  readonly agents: readonly Agent[]
  readonly shortcut: string
  readonly call: Call
  readonly actions: Pick<AgentActions, 'point'>
  onAdded(name: string): void
  onClose(): void
}

/** Asks for a name, and where the agent lives: pointed at, run by a command, or picked from tmux. */
export function AddAgent({ agents, shortcut, call, actions, onAdded, onClose }: AddAgentProps) {
  const [name, setName] = useState(() => freeName(agents))
  return (
    <Dialog title={texts.addTitle} onClose={onClose}>
      <NameAndPoint
        autoFocus
        agents={agents}
        onName={setName}
        onPoint={(name) => {
          onClose()
          actions.point(name)
        }}
      />
      <p className="text-[12px] text-faint">{texts.hover(shortcut)}</p>
      {name === '' ? null : <WrapCommand name={name} />}
      <TmuxPanes
        {...{ name, call }}
        onAdded={() => {
          onClose()
          onAdded(name)
        }}
      />
    </Dialog>
  )
}

interface NameAndPointProps extends Pick<AddAgentProps, 'agents'> {
  onPoint(name: string): void
  /** For a dialog; elsewhere the keys are shortcuts until the person goes into the field. */
  readonly autoFocus?: boolean
  /** The name as it is typed, without spaces around it. */
  onName?(name: string): void
}

/** A name, ready to be taken, and the button that leads to the picture of the screens. */
export function NameAndPoint({ agents, autoFocus = false, onName, onPoint }: NameAndPointProps) {
  const [typed, setTyped] = useState<string>()
  const name = (typed ?? freeName(agents)).trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name !== '') onPoint(name)
  }
  return (
    <form onSubmit={submit} className="flex gap-2">
      <input
        autoFocus={autoFocus}
        aria-label={texts.name}
        value={typed ?? name}
        onChange={(event) => {
          setTyped(event.target.value)
          onName?.(event.target.value.trim())
        }}
        onFocus={(event) => event.target.select()}
        className="selectable h-[30px] min-w-0 flex-1 rounded-[7px] border border-line bg-bg px-2"
      />
      <Button shortcut="⏎" disabled={name === ''} onPress={() => onPoint(name)}>
        {texts.point}
      </Button>
    </form>
  )
}

/** "Agent-1", or the next number that no agent has. */
export function freeName(agents: readonly Agent[]): string {
  let number = 1
  while (agents.some(({ name }) => name === `Agent-${number}`)) number += 1
  return `Agent-${number}`
}
