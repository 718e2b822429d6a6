import type { AgentTest } from '../../contract/agent-test'
import type { Call } from '../state/call'

export type { AgentTest } from '../../contract/agent-test'

/** Everything of a delivery up to the submit key; rejects with a sentence when it could not be tried. */
export async function testAgent(call: Call, name: string): Promise<AgentTest> {
  return call('agent.test', { name })
}
