import type { Agent } from '../../contract/agent'
import type { Desk } from '../../contract/desktop-look'
import type { QueueStatus } from '../../contract/operations'
import { Button } from '../components/button'
import { Heading } from '../components/heading'
import { List } from '../components/list'
import type { Call } from '../state/call'
import { texts as common } from '../texts'
import { agentTexts as texts } from '../texts/agents'
import { AgentRow } from './agent-row'
import { agentStanding } from './agent-standing'
import { saveAgents, type CoordinateFile } from './coordinate-file'
import type { Standings } from './use-standings'
import type { AgentActions } from './use-agent-actions'

interface AgentListProps {
  readonly agents: readonly Agent[]
  readonly desk: Desk | undefined
  readonly status: QueueStatus
  readonly standings: Standings
  readonly selected: string | undefined
  readonly call: Call
  readonly actions: AgentActions
  readonly file: CoordinateFile
  onSelect(name: string | undefined): void
  onAdd(): void
  onOnboard(to: string): void
}

/** All agents, one line each, and what can be done with all of them. */
export function AgentList({
  agents,
  desk,
  status,
  standings,
  selected,
  call,
  actions,
  file,
  onSelect,
  onAdd,
  onOnboard,
}: AgentListProps) {
  if (agents.length === 0) return null
  const seen = (name: string) => desk?.agents.find((one) => one.name === name)
  const needYou = agents.filter(
    (agent) => agentStanding(agent, status, seen(agent.name), standings[agent.name]).needsYou,
  ).length
  return (
    <div className="-mt-3">
      <Heading aside={needYou > 0 ? common.agents.needYou(needYou) : undefined}>
        {common.agents.count(agents.length)}
      </Heading>
      <List
        label={common.views.agents}
        items={agents}
        keyOf={({ name }) => name}
        selected={selected}
        onSelect={onSelect}
        renderRow={(agent, index) => (
          <AgentRow {...{ agent, index, status }} seen={seen(agent.name)} stands={standings[agent.name]} />
        )}
      />
      <div className="flex flex-wrap gap-2 py-3">
        <Button shortcut="A" onPress={onAdd}>
          {texts.add}
        </Button>
        <Button onPress={() => onOnboard('*')}>{texts.onboarding.openAll}</Button>
        <Button onPress={file.choose}>{texts.import}</Button>
        <Button onPress={() => actions.run(() => saveAgents(call))}>{texts.export}</Button>
      </div>
    </div>
  )
}
