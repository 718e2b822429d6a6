import { useState, type FormEvent } from 'react'
import type { Agent } from '../../contract/agent'
import { Button } from '../components/button'
import { Dialog } from '../components/dialog'
import { agentTexts as texts } from '../texts/agents'

interface AddAgentProps {
  readonly agents: readonly Agent[]
  readonly shortcut: string
  onPoint(name: string): void
  onClose(): void
}

/** Asks for a name; everything else is set by pointing. */
export function AddAgent({ agents, shortcut, onPoint, onClose }: AddAgentProps) {
  return (
    <Dialog title={texts.addTitle} onClose={onClose}>
      <NameAndPoint
        autoFocus
        agents={agents}
        onPoint={(name) => {
          onClose()
          onPoint(name)
        }}
      />
      <p className="text-[12px] text-faint">{texts.hover(shortcut)}</p>
    </Dialog>
  )
}

interface NameAndPointProps extends Pick<AddAgentProps, 'agents' | 'onPoint'> {
  /** For a dialog; elsewhere the keys are shortcuts until the person goes into the field. */
  readonly autoFocus?: boolean
}

/** A name, ready to be taken, and the button that leads to the picture of the screens. */
export function NameAndPoint({ agents, autoFocus = false, onPoint }: NameAndPointProps) {
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
        onChange={(event) => setTyped(event.target.value)}
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
