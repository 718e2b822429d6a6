import type { Agent } from '../../contract/agent'
import type { Failure } from '../../contract/failure'
import type { DeliveryStep, Message, Proof, Timings } from '../../contract/message'
import type { Turn } from '../desktop/lock/turns'

/** One delivery to make, while the desktop is held. */
export interface Order {
  readonly message: Message
  readonly agent: Agent
  readonly turn: Turn
  /** Aborts when the app ends or a person stops it: stop before the submit key, or finish what is past it. */
  readonly signal: AbortSignal
  /** Tells the live status which step runs. */
  onStep(step: DeliveryStep): void
  /** To be called an instant before the submit key: writes to disk that it may be pressed. Throws if it must not be. */
  beforeSubmit(): void
}

/** How a delivery went; `timings` needs no more than its steps, the courier measures the rest. */
export type Delivery = { readonly timings: Pick<Timings, 'steps'> } & (
  | { readonly state: 'delivered'; readonly proof: Proof }
  | { readonly state: 'not-submitted'; readonly failure: Failure }
  | { readonly state: 'in-doubt'; readonly failure: Failure }
)

export type Deliver = (order: Order) => Promise<Delivery>
