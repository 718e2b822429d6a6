import type { DeliveryStep, Message } from '../../contract/message'
import type { QueueStatus } from '../../contract/operations'
import type { Taken } from './fair-order'

type Shown = NonNullable<QueueStatus['delivering']>

/** The messages that are being delivered, and how far. */
export class UnderWay {
  readonly #messages = new Map<string, { shown: Shown; readonly taken: Taken | undefined }>()
  /** The one that has the desktop. */
  #onDesktop: string | undefined

  /** `since` is ISO 8601 UTC. */
  begin({ id, to, from }: Message, since: string, taken: Taken | undefined): void {
    this.#messages.set(id, { shown: { id, to, from, step: 'turn', since }, taken })
  }

  hasDesktop(id: string | undefined): void {
    this.#onDesktop = id
  }

  /** False when it is not under way. */
  step(id: string, step: DeliveryStep): boolean {
    const message = this.#messages.get(id)
    if (message) message.shown = { ...message.shown, step }
    return message !== undefined
  }

  /** Its place in line, where it can be had. */
  end(id: string): Taken | undefined {
    const taken = this.#messages.get(id)?.taken
    this.#messages.delete(id)
    return taken
  }

  isTo(agent: string): boolean {
    return [...this.#messages.values()].some(({ shown }) => shown.to === agent)
  }

  /** The one that has the desktop, else the oldest. */
  first(): Shown | undefined {
    const onDesktop = this.#messages.get(this.#onDesktop ?? '')?.shown
    if (onDesktop) return { ...onDesktop, desktop: true }
    const [oldest] = this.#messages.values()
    return oldest?.shown
  }
}
