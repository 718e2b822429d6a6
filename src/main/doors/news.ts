import type { WaggleEvent } from '../../contract/events'
import type { Holder, QueueStatus } from '../../contract/operations'
import type { Leases } from '../desktop/lock/leases'
import type { Queue } from '../queue/queue'
import type { Roster } from '../roster/roster'
import type { LiveSettings } from '../settings'

/** Where what happens in Waggle is heard of. */
export interface NewsDeps {
  readonly queue: Pick<Queue, 'status' | 'subscribe'>
  readonly roster: Pick<Roster, 'onChange'>
  readonly settings: Pick<LiveSettings, 'onChange'>
  readonly leases: Pick<Leases, 'holder' | 'onChange'>
  /** Another process that holds the desktop's lock, if one does. */
  foreignHolder(): Holder | undefined
}

/** The queue's state, and who has the desktop if it is not Waggle itself. */
export function presentStatus({ queue, leases, foreignHolder }: NewsDeps): QueueStatus {
  const holder = leases.holder() ?? foreignHolder()
  return { ...queue.status(), ...(holder && { holder }) }
}

/** Calls back with every event there is; returns the way to stop. */
export function subscribeToNews(deps: NewsDeps, listener: (event: WaggleEvent) => void): () => void {
  const tellStatus = () => listener({ type: 'queue', status: presentStatus(deps) })
  const stops = [
    deps.queue.subscribe((event) => (event.type === 'queue' ? tellStatus() : listener(event))),
    deps.leases.onChange(tellStatus),
    deps.roster.onChange((agents) => listener({ type: 'agent', agents: [...agents] })),
    deps.settings.onChange((settings) => listener({ type: 'settings', settings })),
  ]
  return () => stops.forEach((stop) => stop())
}
