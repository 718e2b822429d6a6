import type { Agent } from '../../contract/agent'

/** An agent of which only the name is known. */
export function newAgent(name: string): Agent {
  return { name, profile: 'chat', enabled: true, description: '' }
}
