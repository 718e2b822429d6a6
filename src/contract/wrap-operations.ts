import { z } from 'zod'
import { failureSchema } from './failure'
import type { Operation } from './operations'
import { partyName } from './text'

/** How an agent in a terminal stands: its messages go while it is ready. */
export const standingSchema = z.union([
  z.object({ state: z.enum(['starting', 'ready', 'busy', 'asking', 'draft', 'ended']) }),
  z.object({
    state: z.enum(['another program', 'stopped', 'unreadable']),
    program: z.string().max(200).describe('who reads the terminal instead of the agent'),
  }),
])

/** A text of ours that may still stand in a prompt: nobody has seen it leave, and no person has said that it did. */
export const earlierSchema = z.object({ messageId: z.string(), text: z.string(), at: z.iso.datetime() })

const orderSchema = z.object({
  id: z.uuid(),
  text: z.string(),
  submit: z.boolean(),
  earlier: earlierSchema.optional().describe('what was pasted before and was not seen to leave'),
})

const id = z.uuid().describe('the message')

/** What `waggle wrap` and Waggle say to each other; a terminal ends with its connection. */
export const wrapOperations = {
  'terminal.join': {
    summary:
      'Brings the agent in the caller’s own terminal: its messages are handed to this connection from now on. Used by `waggle wrap`.',
    params: z.strictObject({
      name: partyName,
      program: z.string().min(1).max(200),
      pid: z.int().positive(),
      standing: standingSchema,
    }),
    result: z.object({}),
  },
  'terminal.stands': {
    summary: 'Says that the agent in the caller’s terminal stands otherwise now.',
    params: z.strictObject({ standing: standingSchema }),
    result: z.object({}),
  },
  'terminal.next': {
    summary: 'Answers with the next thing to do in the caller’s terminal, once there is one.',
    params: z.strictObject({}),
    result: z.union([
      z.object({ order: orderSchema }),
      z.object({ stop: id.describe('the message that is not to be submitted any more') }),
      z.object({ nothing: z.literal(true).describe('ask again: so a caller that has gone is noticed') }),
    ]),
  },
  'terminal.step': {
    summary: 'Asks an instant before a paste or Enter whether it may be: it is written down first.',
    params: z.strictObject({ id, step: z.enum(['paste', 'read-back', 'submit', 'seen-empty']) }),
    result: z.object({ go: z.boolean() }),
  },
  'terminal.report': {
    summary: 'Says how handing over the message ended.',
    params: z.strictObject({
      id,
      state: z.enum(['delivered', 'not-submitted', 'in-doubt']),
      failure: failureSchema.optional(),
    }),
    result: z.object({}),
  },
} as const satisfies Record<string, Operation>

export type Standing = z.infer<typeof standingSchema>
export type Earlier = z.infer<typeof earlierSchema>
