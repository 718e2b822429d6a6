import { visible } from '../../contract/visible'
import type { Agent } from '../../contract/agent'
import type { SeenAgent } from '../../contract/desktop-look'
import type { QueueStatus } from '../../contract/operations'
import { tones } from '../components/tone'
import { agentStanding, targetWords } from './agent-standing'
import type { Standings } from './use-standings'

interface AgentRowProps {
  readonly agent: Agent
  readonly index: number
  readonly status: QueueStatus
  readonly seen: SeenAgent | undefined
  readonly stands: Standings[string] | undefined
}

/** One line: number, name, where it lives or why it cannot be found, and how it stands. */
export function AgentRow({ agent, index, status, seen, stands }: AgentRowProps) {
  const { words, tone } = agentStanding(agent, status, seen, stands)
  const inWindow = (agent.way ?? 'window') === 'window'
  const where = (inWindow ? seen?.failure?.message : undefined) ?? targetWords(agent)
  return (
    <>
      <span className="w-[20px] shrink-0 font-mono text-[12px] text-faint">{index + 1}</span>
      <span className="w-[104px] shrink-0 truncate font-semibold" title={visible(agent.name)}>
        {visible(agent.name)}
      </span>
      <span className="min-w-0 flex-1 truncate text-soft" title={visible(where)}>
        {visible(where)}
      </span>
      <span className="hidden w-[60px] shrink-0 truncate text-faint wide:block">
        {agent.way === 'inbox' ? null : agent.profile}
      </span>
      <span
        className={`max-w-[176px] shrink-0 truncate wide:w-[176px] text-right text-[12px] ${tones[tone]}`}
      >
        {words}
      </span>
    </>
  )
}
