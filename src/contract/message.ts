import { z } from 'zod'
import { failureSchema } from './failure'
import { deliverySteps, messageStates, priorities } from './message-names'
import { messageText, partyName } from './text'

export { deliverySteps, isFinal, messageStates, priorities } from './message-names'

export const prioritySchema = z.enum(priorities)
export const stateSchema = z.enum(messageStates)
export const stepSchema = z.enum(deliverySteps)

const milliseconds = z.number().nonnegative()

export const timingsSchema = z.object({
  waitMs: milliseconds.describe(
    'from acceptance to the start of this attempt, by the wall clock: with the time that the machine slept, or that its clock was set forward by; never less than 0',
  ),
  deliveryMs: milliseconds.describe('from the start of this attempt to its outcome'),
  steps: z.array(z.object({ step: stepSchema, ms: milliseconds })),
})

export const messageSchema = z.object({
  id: z.uuid(),
  to: partyName,
  from: partyName,
  text: messageText,
  priority: prioritySchema,
  submit: z.boolean().describe('false: pasted and left unsent'),
  key: z.string().optional(),
  state: stateSchema,
  attempts: z.int().nonnegative(),
  replyTo: z.uuid().optional().describe('the message that this one answers'),
  thread: z.uuid().optional().describe('the first message of the exchange that this one belongs to'),
  together: z
    .uuid()
    .optional()
    .describe('the first of the messages that were sent in one go with this one, where it went to several'),
  sentText: z.string().optional().describe('what is typed, where words stand around the text'),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().optional(),
  finishedAt: z.iso.datetime().optional(),
  proof: z
    .enum(['read-back', 'prompt', 'accepted', 'taken', 'window'])
    .nullable()
    .describe('how its delivery is known; `window` only in messages of older versions'),
  note: z.string().optional().describe('what the program made of the text, where only white space differs'),
  failure: failureSchema
    .optional()
    .describe('why it failed, is in doubt or (still queued) what it waits for'),
  inbox: z
    .literal(true)
    .optional()
    .describe('queued, and in the inbox: there until its agent takes it, which makes it delivered'),
  repeats: z
    .uuid()
    .optional()
    .describe(
      'in the answer to sending it: the same text from the same sender went to the same agent less than a minute ago, as this message',
    ),
  timings: timingsSchema.optional().describe('of the last attempt'),
})

export const attemptSchema = z.object({
  start: z.iso.datetime(),
  end: z.iso.datetime().optional(),
  outcome: z.union([z.enum(['running', 'delivered', 'in-doubt']), failureSchema]),
  timings: timingsSchema.optional(),
  output: z.string().optional().describe('what the agent’s command said, the end of it'),
})

export const messageDetailSchema = messageSchema.extend({ attempts: z.array(attemptSchema) })

export type Priority = z.infer<typeof prioritySchema>
export type MessageState = z.infer<typeof stateSchema>
export type DeliveryStep = z.infer<typeof stepSchema>
export type Timings = z.infer<typeof timingsSchema>
export type Message = z.infer<typeof messageSchema>
export type Attempt = z.infer<typeof attemptSchema>
export type MessageDetail = z.infer<typeof messageDetailSchema>
export type Proof = NonNullable<Message['proof']>
