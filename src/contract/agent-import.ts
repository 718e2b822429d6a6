import { z } from 'zod'
import { agentSchema } from './agent'

/** What a coordinates file would do to one agent. */
export const agentChangeSchema = z.object({
  name: z.string().describe('as the file has it'),
  change: z.enum(['new', 'changed', 'same', 'removed', 'broken']),
  before: agentSchema.optional().describe('as it is now'),
  after: agentSchema.optional().describe('as the file has it; not for a broken or a removed one'),
  problems: z.array(z.string()).optional().describe('why it is broken'),
  ignored: z.array(z.string()).optional().describe('what the file says of it that Waggle does not know'),
})

export const agentImportParams = z
  .strictObject({
    content: z.string().max(1_000_000).optional().describe('always, but for `undo`'),
    preview: z.boolean().default(false).describe('true: only say what would change'),
    leaveOutBroken: z.boolean().default(false).describe('false: one broken agent, and none is imported'),
    undo: z
      .boolean()
      .default(false)
      .describe(
        'true: no content, but each agent that the last import changed as it was before, and none that it brought',
      ),
    remember: z
      .boolean()
      .default(true)
      .describe('false: it is not what `undo` undoes; the import before it still is'),
  })
  .refine(({ content, undo }) => (content === undefined) === undo, {
    path: ['content'],
    message: 'expected a file’s content, or undo',
  })

export const agentImportResult = z.object({
  agents: z.array(agentSchema),
  changes: z.array(agentChangeSchema),
  form: z.string().describe('which form of file it was taken for, in words'),
})

export type AgentChange = z.infer<typeof agentChangeSchema>
