import type { Failure } from '../../contract/failure'
import type { DeliveryStep } from '../../contract/message'
import type { Call } from '../state/call'

export interface AgentTest {
  readonly ok: boolean
  readonly steps: readonly {
    readonly step: DeliveryStep
    readonly ms: number
    readonly ok: boolean
    readonly message?: string
  }[]
  readonly failure?: Failure
  /** A data URL. */
  readonly picture?: string
}

/** Everything of a delivery up to the submit key; rejects with a sentence when it could not be tried. */
export async function testAgent(call: Call, name: string): Promise<AgentTest> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract's list names it once agent.test is served
  return (call as (method: string, params: object) => Promise<unknown>)('agent.test', {
    name,
  }) as Promise<AgentTest>
}
