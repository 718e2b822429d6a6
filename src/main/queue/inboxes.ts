import type { Message } from '../../contract/message'
import type { Roster } from '../roster/roster'

/** Who takes its messages itself, so that the courier is never offered them. */
export interface Inboxes {
  /** True for agents whose way is the inbox, and for senders who are no agents and have been answered. */
  has(name: string): boolean
  /** True where no agent has this name. */
  isStranger(name: string): boolean
  /** To be called for what waits. */
  note(message: Pick<Message, 'to' | 'replyTo'>): void
}

/** Where everyone is written to by the courier. */
export const noInboxes: Inboxes = { has: () => false, isStranger: () => false, note: () => undefined }

export function createInboxes(roster: Pick<Roster, 'get'>): Inboxes {
  const answered = new Set<string>()
  return {
    has(name) {
      const agent = roster.get(name)
      return agent ? agent.way === 'inbox' : answered.has(name)
    },
    isStranger: (name) => !roster.get(name),
    // What waits for an agent that was removed since is no answer to a stranger.
    note({ to, replyTo }) {
      if (replyTo !== undefined && !roster.get(to)) answered.add(to)
    },
  }
}
