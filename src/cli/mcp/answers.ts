import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import type { Message, MessageDetail } from '../../contract/message'

/** What a tool answers, as JSON. */
export function answer(result: Record<string, unknown>): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(result) }], structuredContent: result }
}

/** What went wrong and what to do, in the words of Waggle itself. */
export function trouble(error: unknown): CallToolResult {
  const text = error instanceof Error ? error.message : String(error)
  return { content: [{ type: 'text', text }], isError: true }
}

/** A message as an agent needs it. */
export function shown(message: Message | MessageDetail) {
  const { id, from, to, text, state, inbox, createdAt, finishedAt, replyTo, thread, proof, failure } = message
  const { repeats } = message
  return {
    id,
    from,
    to,
    text,
    sent_at: createdAt,
    state: inbox ? 'in the inbox' : state,
    ...(finishedAt !== undefined && { ended_at: finishedAt }),
    ...(proof !== null && { known_by: proof }),
    ...(replyTo !== undefined && { answers: replyTo }),
    ...(thread !== undefined && { thread }),
    ...(failure && { why: failure.message }),
    ...(repeats !== undefined && {
      note: `You sent ${to} the same text less than a minute ago, as ${repeats}. Both go.`,
    }),
  }
}
