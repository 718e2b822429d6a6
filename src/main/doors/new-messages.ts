import type { Agent } from '../../contract/agent'
import type { Message } from '../../contract/message'
import type { OperationName, ParsedParams } from '../../contract/operations'
import { withWords } from '../../contract/words-text'
import type { Queue } from '../queue/queue'
import type { Roster } from '../roster/roster'
import { requireAgent } from './agent-handlers'
import { badParams } from './check-params'

type Batch = Parameters<Queue['send']>[0]
type NewMessage = Batch[number]
type Sending = Pick<
  ParsedParams<'message.send'>,
  'text' | 'priority' | 'submit' | 'key' | 'expiresAt' | 'bare'
>

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
  method: OperationName,
  params: ParsedParams<'message.send'>,
  { sender, roster, now }: NewMessagesDeps,
): Batch {
  const from = params.from ?? sender
  requireFuture(method, params.expiresAt, now)
  return recipients(method, params.to, from, roster).map((agent) =>
    newMessage(params, { to: agent.name, from }, agent),
  )
}

/** How long an answer is kept for a sender that is no agent. */
const KEPT_MS = 7 * 86_400_000

/** An answer to the sender of a message, part of the same exchange. */
export function newReply(
  params: ParsedParams<'message.reply'>,
  answered: Pick<Message, 'id' | 'to' | 'from' | 'thread'>,
  { roster, now }: Pick<NewMessagesDeps, 'roster' | 'now'>,
): NewMessage {
  const to = answered.from
  const agent = roster.get(to)
  requireFuture('message.reply', params.expiresAt, now)
  // Nobody may ever ask for it.
  const expiresAt = params.expiresAt ?? (agent ? undefined : new Date(now() + KEPT_MS).toISOString())
  return {
    ...newMessage({ ...params, expiresAt }, { to, from: params.from ?? answered.to }, agent),
    replyTo: answered.id,
    thread: answered.thread ?? answered.id,
  }
}

function newMessage(
  { text, priority, submit, key, expiresAt, bare }: Sending,
  { to, from }: Pick<NewMessage, 'to' | 'from'>,
  agent: Agent | undefined,
): NewMessage {
  // Whoever takes its messages itself gets all that words could say as fields.
  const words = bare || agent?.way === 'inbox' ? undefined : agent?.words
  return {
    to,
    from,
    text,
    priority,
    submit,
    ...(key !== undefined && { key }),
    ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
    ...(words !== undefined && {
      dress: (message) => withWords(words, { ...message, time: message.createdAt }),
    }),
  }
}

function requireFuture(method: OperationName, expiresAt: string | undefined, now: () => number): void {
  if (expiresAt === undefined || Date.parse(expiresAt) > now()) return
  const message = `${expiresAt} has passed (it is ${new Date(now()).toISOString()}); give a time to come or leave it out`
  throw badParams(method, [{ path: ['expiresAt'], message }])
}

/** Whom `to` means; throws as `newMessages` does. */
export function recipients(
  method: OperationName,
  to: string | string[],
  from: string,
  roster: Roster,
): Agent[] {
  if (to !== '*')
    return [...new Set(typeof to === 'string' ? [to] : to)].map((name) => requireAgent(roster, name))
  const everyone = roster.list().filter((agent) => agent.enabled && agent.name !== from)
  if (everyone.length > 0) return everyone
  const message =
    roster.list().length === 0
      ? '"*" means every enabled agent, and no agent is set up yet; add one with agent.set'
      : `"*" means every enabled agent but the sender ("${from}"), and there is none; enable or add one with agent.set`
  throw badParams(method, [{ path: ['to'], message }])
}
