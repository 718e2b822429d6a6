import { z } from 'zod'
import { messageSchema } from './message'
import type { Operation } from './operations'
import { sendingFields, recipients } from './sending'
import { partyName } from './text'

const WAIT = z.int().min(0).max(86_400_000)

/** How agents, scripts and people answer each other, and how those without a window get their messages. */
export const exchangeOperations = {
  'message.wait': {
    summary:
      'Answers once the message is in a final state (delivered, failed, in-doubt, cancelled, expired), or with `for` "reply" with the first answer to it.',
    params: z.strictObject({
      id: z.uuid(),
      timeoutMs: WAIT.optional(),
      for: z.enum(['end', 'reply']).default('end'),
      take: z
        .boolean()
        .optional()
        .describe(
          'with `for` "reply", true: the caller is whom the answer is for, and has it by this alone. Left out: so it is where no agent has the sender’s name',
        ),
    }),
    result: messageSchema,
  },
  'message.reply': {
    summary:
      'Sends a text to the sender of a message, as part of the same exchange. A sender that is no agent finds it by message.wait, message.ask or message.take. Whoever answers what is in their own inbox has taken it by that.',
    params: z.strictObject({
      id: z.uuid().describe('the message that is answered'),
      ...sendingFields,
      from: partyName.optional().describe('left out: whom the message was for'),
    }),
    result: messageSchema,
  },
  'message.thread': {
    summary: 'The whole exchange that a message belongs to, oldest first.',
    params: z.strictObject({ id: z.uuid() }),
    result: z.object({ messages: z.array(messageSchema) }),
  },
  'message.answers': {
    summary:
      'Who has answered a message: of everyone it was sent to in one go the first answer, and who has not answered. For an answer: the same of the message that it answers.',
    params: z.strictObject({ id: z.uuid() }),
    result: z.object({
      asked: z.array(
        z.object({ question: messageSchema, answer: messageSchema.optional().describe('the first to it') }),
      ),
      missing: z.array(partyName).describe('who has not answered'),
    }),
  },
  'message.ask': {
    summary:
      'Sends a question and answers once everyone asked has replied, or cannot any more, or the time is over. Each answer also comes as an event "answer" on this connection. With a `key`, asked again it goes on where it was.',
    params: z.strictObject({
      to: recipients,
      ...sendingFields,
      timeoutMs: WAIT.default(300_000),
    }),
    result: z.object({
      answers: z
        .array(z.object({ agent: partyName, message: messageSchema.optional().describe('its answer') }))
        .describe('everyone asked'),
      missing: z.array(partyName).describe('who has not answered'),
    }),
  },
  'message.take': {
    summary:
      'Hands an agent without a window the messages in its inbox, the most urgent first; each is handed out once. In doubt is one whose answer was on its way when the connection, or Waggle, ended.',
    params: z.strictObject({
      agent: partyName.describe('an agent whose way is `inbox`, or a sender for whom answers are kept'),
      id: z.uuid().optional().describe('this one alone, if it is there'),
      max: z.int().min(1).max(100).default(20),
      waitMs: WAIT.default(0).describe('how long to wait for one when there is none'),
    }),
    result: z.object({ messages: z.array(messageSchema) }),
  },
} as const satisfies Record<string, Operation>
