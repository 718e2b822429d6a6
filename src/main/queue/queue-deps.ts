import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Guards } from './guards'
import type { Inboxes } from './inboxes'
import type { MessageStore } from './message-store'

export interface QueueDeps {
  readonly store: MessageStore
  readonly clock: Clock
  /** How many messages may wait at once; looked at with each that comes. */
  readonly limit: number
  readonly inboxes?: Inboxes
  /** When messages are held; left out: never. */
  readonly guards?: ConstructorParameters<typeof Guards>[0]['limits']
  readonly log?: Log
}
