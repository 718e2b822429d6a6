import { z } from 'zod'
import { messageSchema, messageStates, stateSchema } from './message'
import { partyName } from './text'

const moment = z.iso.datetime({ offset: true })

/** What the line has no use for: it holds waiting messages alone, in an order of its own. */
const notInLine = ['states', 'text', 'since', 'until', 'before'] as const

export const messageListParams = z
  .strictObject({
    order: z
      .enum(['newest', 'delivery'])
      .default('newest')
      .describe(
        'delivery: the waiting ones as they will go, as far as is known now; takes to, from, skip, limit',
      ),
    states: z.array(stateSchema).min(1).max(messageStates.length).optional(),
    to: partyName.optional(),
    from: partyName.optional(),
    text: z.string().max(1000).optional(),
    since: moment.optional().describe('handed in then or later'),
    until: moment.optional().describe('handed in before then'),
    before: z.string().optional(),
    skip: z
      .int()
      .min(0)
      .max(1_000_000)
      .optional()
      .describe('with order delivery: leaves out so many of the first'),
    limit: z
      .int()
      .min(1)
      .max(1000)
      .default(100)
      .describe('at most so many; fewer, with `next`, when their texts are more than 2,000,000 characters'),
  })
  .superRefine((params, context) => {
    const line = params.order === 'delivery'
    for (const name of line ? notInLine : (['skip'] as const)) {
      if (params[name] === undefined) continue
      const message = `goes with order "${line ? 'newest' : 'delivery'}" only`
      context.addIssue({ code: 'custom', path: [name], message })
    }
  })

export const messageListResult = z.object({
  messages: z.array(messageSchema),
  next: z.string().optional(),
  line: z
    .object({
      total: z.int().describe('how many wait, by the same to and from'),
      held: z
        .int()
        .describe('so many of them stand last: their agents are paused or cannot be written to now'),
    })
    .optional()
    .describe('with order delivery'),
})
