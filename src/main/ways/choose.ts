import type { Agent } from '../../contract/agent'
import type { Failure } from '../../contract/failure'
import type { Way } from './way'

/** The way an agent has among these, or why it has none of them. */
export function chooseAmong(ways: readonly Way[]): (agent: Agent) => Way | Failure {
  const byName = new Map<string, Way>(ways.map((way) => [way.name, way]))
  return ({ name, way = 'window' }) =>
    byName.get(way) ?? {
      code: 'not-calibrated',
      message: `${name} is to get its messages by the way "${way}", which this Waggle does not have. Give it another way, and they go.`,
    }
}
