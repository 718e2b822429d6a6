import { once } from 'node:events'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { homeFolder } from '../contract/endpoint'
import type { WaggleEvent } from '../contract/events'
import type { Message } from '../contract/message'
import type { OperationName, Params, Result } from '../contract/operations'
import { connectToWaggle } from './pipe-client'

export { NotRunning, Refusal } from './errors'
export type { Message, MessageDetail } from '../contract/message'
export type { Agent, ListedAgent } from '../contract/agent'
export type { WaggleEvent } from '../contract/events'
export type { OperationName, Params, Result } from '../contract/operations'

export interface WaggleOptions {
  /** Waggle's home folder; left out: `WAGGLE_HOME`, else where this system keeps it. */
  readonly home?: string
  /** Who sends and takes; left out: the variable `WAGGLE_AGENT`, else "script". */
  readonly from?: string
}

type Sending = Omit<Params<'message.send'>, 'to' | 'text' | 'from'>

/** A connection to the running Waggle, as one sender. Every call rejects with `Refusal` or `NotRunning`. */
export interface Waggle {
  /** Queues a text for one agent, several, or everyone ("*"); resolves once it is safe on disk. */
  send(to: string | string[], text: string, options?: Sending): Promise<Message[]>
  /** Resolves with the message once it is delivered, or has failed. */
  wait(id: string, timeoutMs?: number): Promise<Message>
  /** Answers the sender of a message. */
  reply(id: string, text: string, options?: Sending): Promise<Message>
  /** Resolves with the first answer to a message of this sender. */
  waitForReply(id: string, timeoutMs?: number): Promise<Message>
  /** Asks and resolves once all have answered, or the time is over; `onAnswer` hears each as it comes. */
  ask(
    to: string | string[],
    text: string,
    options?: Sending & { readonly timeoutMs?: number; onAnswer?(agent: string, answer: Message): void },
  ): Promise<Result<'message.ask'>>
  /** Takes what is in this sender's inbox, and waits for it up to `waitMs`; each message is handed out once. */
  take(options?: { readonly max?: number; readonly waitMs?: number }): Promise<Message[]>
  /** Every change from now on, until the loop is left; throws `NotRunning` when Waggle goes away. */
  events(): AsyncGenerator<WaggleEvent, void>
  /** Any other operation of docs/protocol.md. */
  call<N extends OperationName>(method: N, params: Params<N>): Promise<Result<N>>
  close(): void
}

/** Connects to the running Waggle. Rejects with `NotRunning` when there is none. */
export async function openWaggle({
  home = ownHome(),
  from = ownName(),
}: WaggleOptions = {}): Promise<Waggle> {
  const client = await connectToWaggle(home)
  const listeners = new Set<(event: WaggleEvent) => void>()
  const gone = client.follow((event) => listeners.forEach((listener) => listener(event)))
  // Whoever calls is told; when nobody does, it is no news.
  gone.catch(() => undefined)
  return {
    call: (method, params) => client.call(method, params),
    close: () => client.close(),
    send: async (to, text, options = {}) =>
      (await client.call('message.send', { ...options, to, text, from })).messages,
    wait: (id, timeoutMs) => client.call('message.wait', { id, ...limit(timeoutMs) }),
    reply: (id, text, options = {}) => client.call('message.reply', { ...options, id, text, from }),
    waitForReply: (id, timeoutMs) =>
      client.call('message.wait', { id, for: 'reply', take: true, ...limit(timeoutMs) }),
    async ask(to, text, { onAnswer, key = crypto.randomUUID(), ...options } = {}) {
      const listener = (event: WaggleEvent) => {
        if (event.type === 'answer' && event.key === key) onAnswer?.(event.agent, event.message)
      }
      listeners.add(listener)
      try {
        return await client.call('message.ask', { ...options, key, to, text, from })
      } finally {
        listeners.delete(listener)
      }
    },
    take: async (options = {}) => (await client.call('message.take', { ...options, agent: from })).messages,
    events: () => follow(client, listeners, gone),
  }
}

/** What the listener hears, one at a time. */
async function* follow(
  client: Pick<Waggle, 'call'>,
  listeners: Set<(event: WaggleEvent) => void>,
  gone: Promise<never>,
): AsyncGenerator<WaggleEvent, void> {
  const heard: WaggleEvent[] = []
  const news = new EventTarget()
  const tell = () => void news.dispatchEvent(new Event('news'))
  const listener = (event: WaggleEvent) => {
    heard.push(event)
    tell()
  }
  listeners.add(listener)
  const end = { isThere: false }
  gone.catch(() => {
    end.isThere = true
    tell()
  })
  try {
    await client.call('events.subscribe', {})
    for (;;) {
      yield* heard.splice(0)
      if (end.isThere) await gone
      if (heard.length === 0) await once(news, 'news')
    }
  } finally {
    listeners.delete(listener)
  }
}

function limit(timeoutMs: number | undefined) {
  return timeoutMs === undefined ? {} : { timeoutMs }
}

function ownHome(): string {
  return resolve(homeFolder({ platform: process.platform, env: process.env, userHome: homedir() }))
}

function ownName(): string {
  return process.env['WAGGLE_AGENT'] || 'script'
}
