import { errorCodes, OperationError } from '../../contract/failure'
import type { Message } from '../../contract/message'
import type { ParsedParams, Result } from '../../contract/operations'
import type { Log } from '../log'
import type { Queue } from '../queue/queue'
import type { Roster } from '../roster/roster'
import { requireAgent } from './agent-handlers'
import type { Caller } from './handlers'
import { given } from '../given'
import { newMessages, newReply } from './new-messages'
import { refuseMissing } from './refuse-missing'

export interface ExchangeDeps {
  readonly queue: Queue
  readonly roster: Roster
  /** Milliseconds since 1970. */
  now(): number
  readonly log: Log
}

type ExchangeOperation =
  | 'message.wait'
  | 'message.reply'
  | 'message.thread'
  | 'message.answers'
  | 'message.ask'
  | 'message.take'

/** The operations by which agents answer each other and take what is in their inboxes. */
export function exchangeHandlers(deps: ExchangeDeps) {
  const { queue } = deps
  return {
    'message.wait': ({ id, timeoutMs, for: what, take }, { signal }) =>
      what === 'end'
        ? queue.waitFinal(id, timeoutMs, signal)
        : queue.waitReply(id, given({ timeoutMs, signal, takes: take })),
    'message.reply': async (params) => {
      const answered = queue.get(params.id) ?? refuseMissing(params.id)
      const [reply] = await queue.send([newReply(params, answered, deps)])
      if (!reply) return refuseMissing(params.id)
      if (answered.inbox && reply.from === answered.to) await takeAnswered(deps, answered)
      return reply
    },
    'message.thread': ({ id }) => {
      const messages = queue.thread(id)
      return messages.length > 0 ? { messages } : refuseMissing(id)
    },
    'message.answers': ({ id }) => {
      const asked = queue.answers(id)
      if (asked.length === 0) return refuseMissing(id)
      return { asked, missing: asked.flatMap(({ question, answer }) => (answer ? [] : question.to)) }
    },
    'message.ask': (params, caller) => ask(deps, params, caller),
    'message.take': (params, caller) => take(deps, params, caller),
  } satisfies {
    [N in ExchangeOperation]: (params: ParsedParams<N>, caller: Caller) => Result<N> | Promise<Result<N>>
  }
}

async function ask(
  deps: ExchangeDeps,
  params: ParsedParams<'message.ask'>,
  caller: Caller,
): Promise<Result<'message.ask'>> {
  const { queue, roster, now } = deps
  const { timeoutMs, ...send } = params
  const questions = await queue.send(
    newMessages('message.ask', send, { sender: caller.defaultSender, roster, now }),
  )
  const answers = await Promise.all(
    questions.map(async (question) => {
      const message = await answerTo(queue, question, timeoutMs, caller.signal)
      if (message)
        caller.notify({ type: 'answer', agent: question.to, message, ...given({ key: params.key }) })
      return { agent: question.to, ...(message && { message }) }
    }),
  )
  return { answers, missing: answers.flatMap(({ agent, message }) => (message ? [] : agent)) }
}

/** The answer to this question; undefined once the time is over, or nobody has the question to answer it. */
async function answerTo(
  queue: Queue,
  { id }: Message,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Message | undefined> {
  const over = new AbortController()
  const options = { timeoutMs, signal: AbortSignal.any([signal, over.signal]) }
  const reply = queue.waitReply(id, { ...options, takes: true })
  const end = queue.waitFinal(id, timeoutMs, options.signal)
  const unasked = end.then(({ state }) => (state === 'delivered' || state === 'in-doubt' ? reply : undefined))
  try {
    return await Promise.race([reply, unasked])
  } catch (error) {
    if (error instanceof OperationError && error.code === errorCodes.timedOut) return undefined
    throw error
  } finally {
    // What is not waited for any more is let go of; how that ends is of no interest.
    void Promise.allSettled([reply, unasked])
    over.abort()
  }
}

/** Whoever answers a message has it, and is not to be handed it again. */
async function takeAnswered(
  { queue, log }: ExchangeDeps,
  { id, to }: Pick<Message, 'id' | 'to'>,
): Promise<void> {
  try {
    const taken = await queue.handOut(to, { id, max: 1, waitMs: 0 })
    queue.settle(
      taken.map((message) => message.id),
      TAKEN,
    )
  } catch (error) {
    log.error(`That ${to} has answered ${id} and so has it could not be written: ${String(error)}`)
  }
}

async function take(
  deps: ExchangeDeps,
  { agent, id, ...options }: ParsedParams<'message.take'>,
  caller: Caller,
): Promise<Result<'message.take'>> {
  const { queue, now, log } = deps
  requireInbox(deps, agent)
  if (id !== undefined && (queue.get(id) ?? refuseMissing(id)).to !== agent)
    throw new OperationError('wrongState', `Nothing was taken: message ${id} is not for ${agent}.`)
  const taken = await queue.handOut(agent, { ...options, ...given({ id }), signal: caller.signal })
  const ids = taken.map(({ id }) => id)
  const ended = (isSent: boolean) => {
    try {
      if (isSent) queue.settle(ids, TAKEN)
      else for (const id of ids) queue.putBack(id)
    } catch (error) {
      log.error(`That ${agent} has taken ${ids.length} messages could not be written: ${String(error)}`)
    }
  }
  if (ids.length > 0 && caller.afterAnswer) caller.afterAnswer(ended)
  else if (ids.length > 0) ended(true)
  // By the time that anyone reads this answer, so it is.
  const finishedAt = new Date(now()).toISOString()
  return { messages: taken.map((message) => ({ ...message, ...TAKEN, finishedAt })) }
}

const TAKEN = { state: 'delivered', proof: 'taken' } as const

/** Throws `OperationError` unknownAgent, or wrongState for an agent that gets its messages another way. */
function requireInbox({ roster, queue }: ExchangeDeps, name: string): void {
  const way = roster.get(name)?.way ?? 'window'
  if (way === 'inbox') return
  // Whoever sends may be answered, agent or not.
  if (!roster.get(name) && queue.list({ from: name, limit: 1 }).messages.length > 0) return
  requireAgent(roster, name)
  throw new OperationError(
    'wrongState',
    `${name} gets its messages by its ${way}, so there is nothing to take. To have it take them itself: waggle agents set ${name} --inbox`,
  )
}
