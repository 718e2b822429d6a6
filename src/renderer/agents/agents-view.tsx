import { useState } from 'react'
import type { Agent } from '../../contract/agent'
import type { QueueStatus } from '../../contract/operations'
import { tones } from '../components/tone'
import { Heading } from '../components/heading'
import { List } from '../components/list'
import type { Live } from '../state/live'
import { useLive } from '../state/use-live'
import { texts } from '../texts'
import { NoAgents } from './no-agents'
import { agentStanding, targetWords } from './agent-standing'

export function AgentsView({ live }: { live: Live }) {
  const { agents, status } = useLive(live)
  const [selected, setSelected] = useState<string>()
  const needYou = agents.filter((agent) => agentStanding(agent, status).needsYou).length
  if (agents.length === 0) return <NoAgents />
  return (
    <div className="scroller -mt-5">
      <Heading aside={needYou > 0 ? texts.agents.needYou(needYou) : undefined}>
        {texts.agents.count(agents.length)}
      </Heading>
      <List
        label={texts.views.agents}
        items={agents}
        keyOf={({ name }) => name}
        selected={selected}
        onSelect={setSelected}
        renderRow={(agent, index) => <AgentRow agent={agent} index={index} status={status} />}
      />
    </div>
  )
}

function AgentRow({ agent, index, status }: { agent: Agent; index: number; status: QueueStatus }) {
  const { words, tone } = agentStanding(agent, status)
  return (
    <>
      <span className="w-[20px] shrink-0 font-mono text-[12px] text-faint">{index + 1}</span>
      <span className="w-[104px] shrink-0 truncate font-semibold" title={agent.name}>
        {agent.name}
      </span>
      <span className="min-w-0 flex-1 truncate text-soft">{targetWords(agent)}</span>
      <span className="hidden w-[72px] shrink-0 truncate text-faint roomy:block">{agent.profile}</span>
      <span className={`w-[124px] shrink-0 roomy:w-[176px] truncate text-right text-[12px] ${tones[tone]}`}>
        {words}
      </span>
    </>
  )
}
