import type { Agent, WayName } from '../../contract/agent'
import type { Failure } from '../../contract/failure'
import type { DeliveryStep, Message, Priority, Proof, Timings } from '../../contract/message'
import type { Turn } from '../desktop/lock/turns'

/** How a message reaches an agent. */
export type Way = DesktopWay | OtherWay

interface AnyWay {
  readonly name: WayName
  /** Why nothing can be delivered to this agent now, if so. Looks only, touches nothing; bounded. */
  ready(agent: Agent, priority: Priority): Promise<Failure | undefined>
  /** What is known of its prompt, in sentences, where that is learnt by looking alone; undefined where it is not. */
  says?(agent: Agent): readonly string[] | undefined
  /** Why this very text is held for this agent, whenever it is ready: `text-held`. Said at once, not only once it is. */
  held?(agent: Agent, text: string): Failure | undefined
}

/** Takes the desktop's turn, so its deliveries go one after the other. */
export interface DesktopWay extends AnyWay {
  readonly usesDesktop: true
  /** Hands it over; says how that is known. Never rejects for what went wrong on the way. */
  deliver(order: DesktopOrder): Promise<Delivery>
}

/** Its deliveries run beside those on the desktop and beside each other, one at a time for each agent. */
export interface OtherWay extends AnyWay {
  readonly usesDesktop: false
  /** As that of {@link DesktopWay}. */
  deliver(order: Order): Promise<Delivery>
}

/** One delivery to make. */
export interface Order {
  readonly message: Message
  readonly agent: Agent
  /**
   * Aborts when the app ends: stop before the submit key, or finish what is past it. With `HandsOff` as its reason a person
   * has stopped it, and nothing more is typed, clicked or waited for: a text that stands there stays there, with `left`.
   */
  readonly signal: AbortSignal
  /** Tells the live status which step runs. */
  onStep(step: DeliveryStep): void
  /** To be called an instant before the submit key: writes to disk that it may be pressed. Throws if it must not be. */
  beforeSubmit(): void
}

/** One delivery to make while the desktop is held. */
export interface DesktopOrder extends Order {
  readonly turn: Turn
  /**
   * Only looking is left, and that needs no desktop: from now on `turn` may be given back or serve a message to another
   * agent, while this delivery settles. Its own agent gets no other message before it has.
   */
  desktopFree(): void
}

/** How a delivery went; `timings` needs no more than its steps, the courier measures the rest. */
export type Delivery = {
  readonly timings: Pick<Timings, 'steps'>
  /** What a command said, the end of it. */
  readonly output?: string
} & (
  | {
      readonly state: 'delivered'
      readonly proof: Proof
      /** What the program made of the text, where only white space differs. */
      readonly note?: string
    }
  | { readonly state: 'not-submitted'; readonly failure: Failure }
  | { readonly state: 'in-doubt'; readonly failure: Failure }
)
