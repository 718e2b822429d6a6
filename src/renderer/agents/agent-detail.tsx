import { visible } from '../../contract/visible'
import type { Agent } from '../../contract/agent'
import type { Desk } from '../../contract/desktop-look'
import type { QueueStatus } from '../../contract/operations'
import { Button } from '../components/button'
import { CloseButton } from '../components/close-button'
import type { Call } from '../state/call'
import { agentTexts as texts } from '../texts/agents'
import { failureWords, remedies, texts as common } from '../texts'
import { AgentFields } from './agent-fields'
import { targetWords } from './agent-standing'
import { Inbox } from './inbox'
import { WrapCommand } from './in-terminal'
import { TestPanel } from './test-panel'
import type { AgentActions } from './use-agent-actions'
import type { Standings } from './use-standings'

interface AgentDetailProps {
  readonly agent: Agent
  readonly desk: Desk | undefined
  readonly profiles: readonly string[]
  readonly call: Call
  readonly actions: AgentActions
  readonly shortcut: string
  readonly standings: Standings
  readonly status: QueueStatus
  onOnboard(to: string): void
  onClose(): void
}

/** One agent: how it stands, what can be changed, and what to do next. */
export function AgentDetail(props: AgentDetailProps) {
  const { agent, desk, profiles, call, actions, shortcut, status, onOnboard, onClose } = props
  const { name, at } = agent
  const inWindow = (agent.way ?? 'window') === 'window'
  const failure = inWindow ? desk?.agents.find((seen) => seen.name === name)?.failure : undefined
  const preview = actions.previews[name]
  return (
    <aside
      aria-label={visible(name)}
      className="flex min-h-0 w-full shrink-0 flex-col gap-3 overflow-y-auto rounded-[11px] border border-line bg-panel p-3.5 *:shrink-0 roomy:w-[300px] wide:w-[360px]"
    >
      <div className="flex items-baseline gap-2">
        <h2 className="truncate font-semibold">{visible(name)}</h2>
        {at ? (
          <span className="font-mono text-[12px] text-faint">{common.agents.point(at[0], at[1])}</span>
        ) : null}
        <CloseButton onPress={onClose} />
      </div>
      {failure ? (
        <p className="selectable text-bad">{failure.message}</p>
      ) : (
        <p className="truncate text-soft">{inWindow ? agent.calibration?.title : targetWords(agent)}</p>
      )}
      {inWindow ? null : <WhatToDo {...props} />}
      {preview === undefined ? null : (
        <img src={preview} alt={texts.preview(name)} className="rounded-[7px] border border-line" />
      )}
      <div className="flex flex-wrap gap-2">
        <Button onPress={() => actions.point(name)} disabled={actions.pointing !== undefined}>
          {at ? texts.pointAgain : texts.point}
        </Button>
        <Button onPress={() => onOnboard(name)}>{texts.onboarding.openOne}</Button>
        <Button onPress={() => actions.remove(name)}>{texts.remove}</Button>
      </div>
      {agent.way === 'inbox' ? (
        <Inbox {...{ name, call }} count={status.perAgent[name]?.depth ?? 0} />
      ) : (
        <p className="text-[12px] text-faint">
          {actions.pointing === name ? texts.pointing : texts.hover(shortcut)}
        </p>
      )}
      {inWindow ? <TestPanel key={`test ${name}`} name={name} call={call} learnt={agent.learnt} /> : null}
      <AgentFields key={name} agent={agent} desk={desk} profiles={profiles} call={call} actions={actions} />
    </aside>
  )
}

/** Why an agent that lives in no window gets nothing now, and what to do about it. */
function WhatToDo({ agent, standings, status }: Pick<AgentDetailProps, 'agent' | 'standings' | 'status'>) {
  const { waitingFor } = status.perAgent[agent.name] ?? {}
  const code = waitingFor?.code ?? standings[agent.name]
  if (code === undefined || code === 'ready') return null
  return (
    <>
      <p role="status" className="selectable text-bad">
        {waitingFor?.message ?? `${sentence(failureWords[code])} ${remedies[code]}`}
      </p>
      {code === 'agent-ended' && agent.way === 'terminal' ? <WrapCommand name={agent.name} /> : null}
    </>
  )
}

function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`
}
