import { z } from 'zod'
import { prioritySchema } from './message'
import { messageText, partyName } from './text'

/** Whom a message is for. */
export const recipients = z.union([z.literal('*'), partyName, z.array(partyName).min(1).max(1000)], {
  error: 'expected the name of an agent, a list of names, or "*" for everyone',
})

/** What every operation that sends a text takes. */
export const sendingFields = {
  text: messageText,
  from: partyName.optional(),
  priority: prioritySchema.default('normal'),
  submit: z.boolean().default(true),
  key: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'idempotency key: sent again by the same sender within 24 h, to whomever, it returns what was first sent with it',
    ),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'expected a time such as 2030-01-31T12:00:00Z' })
    .optional(),
  bare: z
    .boolean()
    .default(false)
    .describe('true: the text alone, without the words that the agent’s messages usually have around them'),
} as const
