import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import { priorities } from '../../contract/message-names'
import { answer, shown, trouble } from './answers'
import type { Link } from './link'

export interface ToolDeps {
  readonly server: McpServer
  readonly link: Link
  /** Who this agent is. Throws a sentence where that is not known. */
  me(): string
}

export const priority = z.enum(priorities).default('normal').describe('urgent goes first')
const text = z.string().min(1).describe('the message itself, plain text')
const id = z
  .uuid('is not the id of a message; take it from the message itself, or from what sending it answered')
  .describe('the id of a message')

const READING = { readOnlyHint: true, openWorldHint: false }
const SENDING = { readOnlyHint: false, destructiveHint: false, openWorldHint: false }

/** Whatever fails is said in the tool's result: a model can act on that. */
export async function saying(work: () => Promise<Record<string, unknown>>): Promise<CallToolResult> {
  try {
    return answer(await work())
  } catch (error) {
    return trouble(error)
  }
}

/** The tools that answer at once. */
export function addTools(deps: ToolDeps): void {
  addListAgents(deps)
  addStatus(deps)
  addRead(deps)
  addSend(deps)
  addReply(deps)
  addCancel(deps)
}

function addListAgents({ server, link, me }: ToolDeps): void {
  server.registerTool(
    'list_agents',
    {
      title: 'Who is there',
      description:
        'Lists the agents (you among them) that you can write to, what each is for, and whether a message would reach it now ("ready") or what it would wait for. Call it before you write to somebody for the first time; use the names exactly as given.',
      annotations: READING,
    },
    () =>
      saying(async () => {
        const { agents } = await link.call('agent.list', {})
        return {
          you: nameOrNone(me),
          agents: agents.map(({ name, description, enabled, stands, way = 'window' }) => ({
            name,
            ...(description !== '' && { description }),
            stands: enabled ? stands : 'disabled: its messages wait',
            gets_messages_by: way,
          })),
        }
      }),
  )
}

function addStatus({ server, link }: ToolDeps): void {
  server.registerTool(
    'message_status',
    {
      title: 'What became of a message',
      description:
        'Says how one message stands: queued (waiting for its turn), "in the inbox" (its recipient has not taken it yet), delivering, delivered, failed, in-doubt, cancelled or expired; `why` says what it waits for or why it failed.',
      inputSchema: { message_id: id },
      annotations: READING,
    },
    ({ message_id }) => saying(async () => shown(await link.call('message.get', { id: message_id }))),
  )
  server.registerTool(
    'read_thread',
    {
      title: 'A whole exchange',
      description: 'Gives the whole exchange that a message belongs to, oldest first.',
      inputSchema: { message_id: id },
      annotations: READING,
    },
    ({ message_id }) =>
      saying(async () => {
        const { messages } = await link.call('message.thread', { id: message_id })
        return { messages: messages.map(shown) }
      }),
  )
}

function addRead({ server, link, me }: ToolDeps): void {
  server.registerTool(
    'read_messages',
    {
      title: 'Your messages, old and new',
      description:
        'Looks at the newest messages to you, or from you, without taking any: also those that you have had already. To get new ones use take_messages.',
      inputSchema: {
        which: z.enum(['to me', 'from me']).default('to me'),
        limit: z.int().min(1).max(100).default(20),
      },
      annotations: READING,
    },
    ({ which, limit }) =>
      saying(async () => {
        const whose = which === 'to me' ? { to: me() } : { from: me() }
        const { messages } = await link.call('message.list', { ...whose, limit })
        return { messages: messages.map(shown) }
      }),
  )
}

function addSend({ server, link, me }: ToolDeps): void {
  server.registerTool(
    'send_message',
    {
      title: 'Write to agents',
      description:
        'Sends a text to one agent or several, and returns at once: Waggle delivers it when they can take it. Use it to tell something; use ask when you need an answer, and reply to answer a message you got.',
      inputSchema: {
        to: z
          .union([z.string(), z.array(z.string()).min(1)])
          .describe('a name from list_agents, or several of them'),
        text,
        priority,
      },
      annotations: SENDING,
    },
    (params) =>
      saying(async () => {
        const { messages } = await link.call('message.send', { ...params, from: me() })
        return { messages: messages.map(shown) }
      }),
  )
  server.registerTool(
    'broadcast',
    {
      title: 'Write to everyone',
      description:
        'Sends a text to every enabled agent but you. Each of them is interrupted by it: use it for what concerns them all.',
      inputSchema: { text, priority },
      annotations: SENDING,
    },
    (params) =>
      saying(async () => {
        const { messages } = await link.call('message.send', { ...params, to: '*', from: me() })
        return { messages: messages.map(shown) }
      }),
  )
}

function addReply({ server, link, me }: ToolDeps): void {
  server.registerTool(
    'reply',
    {
      title: 'Answer a message',
      description:
        'Answers a message that you got: it goes to its sender alone, as part of the same exchange. Whoever asked by the tool ask gets your answer this way and no other. Answer once; do not thank for an answer.',
      inputSchema: { message_id: id.describe('the id of the message that you answer'), text, priority },
      annotations: SENDING,
    },
    ({ message_id, ...params }) =>
      saying(async () => shown(await link.call('message.reply', { ...params, id: message_id, from: me() }))),
  )
}

function addCancel({ server, link, me }: ToolDeps): void {
  server.registerTool(
    'cancel_message',
    {
      title: 'Take a message back',
      description:
        'Takes back a message of your own that has not been delivered yet. One that has is not undone by this.',
      inputSchema: { message_id: id },
      annotations: { ...SENDING, destructiveHint: true, idempotentHint: true },
    },
    ({ message_id }) =>
      saying(async () => {
        const { from } = await link.call('message.get', { id: message_id })
        if (from !== me())
          throw new Error(`That message is from ${from}, and you are ${me()}: only its sender takes it back.`)
        return shown(await link.call('message.cancel', { id: message_id }))
      }),
  )
}

function nameOrNone(me: () => string): string {
  try {
    return me()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
