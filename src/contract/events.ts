import { z } from 'zod'
import { agentSchema } from './agent'
import { messageSchema } from './message'
import { queueStatusSchema } from './operations'
import { settingsSchema } from './settings'
import { partyName } from './text'

/** What `events.subscribe` sends, as the params of a notification named `event`. */
export const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), message: messageSchema }),
  z.object({ type: z.literal('agent'), agents: z.array(agentSchema) }),
  z.object({ type: z.literal('queue'), status: queueStatusSchema }),
  z.object({
    type: z.literal('answer'),
    agent: partyName,
    message: messageSchema.describe('an answer to what this connection asks by message.ask'),
    key: z.string().optional().describe('the key of that question'),
  }),
  z.object({ type: z.literal('settings'), settings: settingsSchema }),
])
export type WaggleEvent = z.infer<typeof eventSchema>

/** The method name of the notification that carries a {@link WaggleEvent}. */
export const EVENT_METHOD = 'event'
