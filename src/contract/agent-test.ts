import { z } from 'zod'
import { failureSchema } from './failure'
import { stepSchema } from './message'
import { partyName } from './text'

/** What a test of an agent saw: everything of a delivery but the submit key. */
export const agentTestSchema = z.object({
  ok: z.boolean(),
  steps: z.array(
    z.object({
      step: stepSchema,
      ms: z.number().nonnegative(),
      ok: z.boolean(),
      message: z.string().optional().describe('why it did not work'),
    }),
  ),
  failure: failureSchema.optional(),
  says: z.array(z.string()).optional().describe('what this input is like, in sentences'),
  lookedAtBy: z.enum(['tree', 'copy']).optional().describe('how it is read'),
  picture: z.string().optional().describe('the input with the text in it: a PNG as a data URL'),
})

export type AgentTest = z.infer<typeof agentTestSchema>

export const agentTestOperation = {
  'agent.test': {
    summary:
      'Does everything of a delivery up to the submit key, takes the text out again and says what it saw, step by step. Waits for mouse and keyboard to rest.',
    params: z.strictObject({ name: partyName }),
    result: agentTestSchema,
  },
} as const
