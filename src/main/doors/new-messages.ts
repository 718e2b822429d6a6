import type { ParsedParams } from '../../contract/operations'
import type { Queue } from '../queue/queue'
import type { Roster } from '../roster/roster'
import { requireAgent } from './agent-handlers'
import { badParams } from './check-params'

type Batch = Parameters<Queue['send']>[0]

export interface NewMessagesDeps {
  /** The sender's name where the params give none. */
  readonly sender: string
  readonly roster: Roster
  /** Milliseconds since 1970. */
  now(): number
}

/**
 * One message per recipient, each once. Throws `OperationError` unknownAgent, or invalidParams for an `expiresAt` that
 * has passed or an "everyone" that is nobody. A disabled agent may be written to by name: the message waits.
 */
export function newMessages(
  params: ParsedParams<'message.send'>,
  { sender, roster, now }: NewMessagesDeps,
): Batch {
  const { to, text, priority, submit, key, expiresAt } = params
  const from = params.from ?? sender
  if (expiresAt !== undefined && Date.parse(expiresAt) <= now()) {
    const message = `${expiresAt} has passed (it is ${new Date(now()).toISOString()}); give a time to come or leave it out`
    throw badParams('message.send', [{ path: ['expiresAt'], message }])
  }
  return recipients(to, from, roster).map((name) => ({
    to: name,
    from,
    text,
    priority,
    submit,
    ...(key !== undefined && { key }),
    ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
  }))
}

function recipients(to: string | string[], from: string, roster: Roster): string[] {
  if (to !== '*')
    return [...new Set(typeof to === 'string' ? [to] : to)].map((name) => requireAgent(roster, name).name)
  const everyone = roster.list().filter((agent) => agent.enabled && agent.name !== from)
  if (everyone.length > 0) return everyone.map((agent) => agent.name)
  const message =
    roster.list().length === 0
      ? '"*" means every enabled agent, and no agent is set up yet; add one with agent.set'
      : `"*" means every enabled agent but the sender ("${from}"), and there is none; enable or add one with agent.set`
  throw badParams('message.send', [{ path: ['to'], message }])
}
