import { useEffect, useState } from 'react'
import type { Pane, Panes } from '../../contract/tmux-operations'
import { Button } from '../components/button'
import type { Call } from '../state/call'
import { useAction } from '../state/use-action'
import { agentTexts } from '../texts/agents'
import { CommandLine, quoted } from './command-line'

const texts = agentTexts.inTerminal

/** The one command that runs an agent so that its messages reach it. */
export function WrapCommand({ name }: { name: string }) {
  return (
    <div className="flex flex-col gap-1">
      <p className="text-soft">{texts.wrap}</p>
      <CommandLine>{texts.command(quoted(name))}</CommandLine>
    </div>
  )
}

interface TmuxPanesProps {
  readonly name: string
  readonly call: Call
  onAdded(): void
}

/** The programs that run in tmux, to be picked from; nothing where there are none. */
export function TmuxPanes({ name, call, onAdded }: TmuxPanesProps) {
  const { run, refusal } = useAction()
  const [panes, setPanes] = useState<readonly Pane[]>([])
  useEffect(() => {
    let isOver = false
    const show = ({ panes }: Panes) => !isOver && setPanes(panes)
    // Without tmux there is nothing to be picked; the checks under Settings say so.
    call('tmux.panes', {}).then(show, () => undefined)
    return () => {
      isOver = true
    }
  }, [call])
  if (panes.length === 0) return null
  const pick = (pane: string) => run(() => call('agent.set', { name, tmux: pane }), onAdded)
  return (
    <div className="flex flex-col gap-1">
      <p className="text-soft">{texts.panes}</p>
      <ul aria-label={texts.panes} className="flex max-h-[180px] flex-col gap-1 overflow-y-auto">
        {panes.map(({ pane, where, program, product = program, agent }) => (
          <li key={pane} className="flex items-center gap-2">
            <Button disabled={agent !== undefined || name === ''} onPress={() => pick(pane)}>
              {texts.pane(product, pane)}
            </Button>
            <span className="truncate text-[12px] text-faint">{agent ? texts.is(agent) : where}</span>
          </li>
        ))}
      </ul>
      {refusal === undefined ? null : (
        <p role="alert" className="text-bad">
          {refusal}
        </p>
      )}
    </div>
  )
}
