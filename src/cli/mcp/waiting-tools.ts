import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { shown } from './answers'
import { longWait } from './long-wait'
import { priority, saying, type ToolDeps } from './tools'

/** Clients end a call after some minutes, whatever they are told; one can always ask again. */
const LONGEST_S = 3600

/** The tools that wait: each can be called off, and tells that it still goes on. */
export function addWaitingTools(deps: ToolDeps): void {
  addAsk(deps)
  addTake(deps)
}

function addAsk({ server, link, me }: ToolDeps): void {
  server.registerTool(
    'ask',
    {
      title: 'Ask and wait for the answers',
      description:
        'Sends a question to one agent, several, or "*" for everyone, waits, and returns every answer and who has not answered. Say in the question what you need to know and in which form. Whoever is in `missing` may still answer later: that answer then comes as a message.',
      inputSchema: {
        to: z
          .union([z.string(), z.array(z.string()).min(1)])
          .describe('a name from list_agents, several of them, or "*" for everyone but you'),
        question: z.string().min(1).describe('the question, plain text'),
        timeout_seconds: z.int().min(1).max(LONGEST_S).default(300).describe('for how long to wait'),
        priority,
      },
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
    },
    ({ question, timeout_seconds, ...params }, extra) =>
      saying(async () => {
        const totalMs = timeout_seconds * 1000
        const asked = { ...params, text: question, from: me(), key: randomUUID() }
        const { answers, missing } = await longWait(extra, totalMs, (tell) =>
          link.persistently(
            (timeoutMs) =>
              link.callAlone('message.ask', { ...asked, timeoutMs }, extra.signal, (event) => {
                if (event.type === 'answer') tell(`${event.agent} has answered`)
              }),
            totalMs,
            extra.signal,
          ),
        )
        return {
          answers: answers.flatMap(({ agent, message }) =>
            message ? { agent, text: message.text, message_id: message.id } : [],
          ),
          missing,
        }
      }),
  )
}

function addTake({ server, link, me }: ToolDeps): void {
  server.registerTool(
    'take_messages',
    {
      title: 'Get your new messages',
      description:
        'Takes the messages that wait in your inbox, the most urgent first, and with wait_seconds waits for one when there is none. Each is handed to you once: act on all you get. Only for agents without a window of their own; to others their messages are typed into their prompt.',
      inputSchema: {
        max: z.int().min(1).max(100).default(20),
        wait_seconds: z.int().min(0).max(LONGEST_S).default(0),
      },
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
    },
    ({ max, wait_seconds }, extra) =>
      saying(async () => {
        const waitMs = wait_seconds * 1000
        const { messages } = await longWait(extra, waitMs, () =>
          link.callAlone('message.take', { agent: me(), max, waitMs }, extra.signal),
        )
        return { messages: messages.map(shown) }
      }),
  )
}
