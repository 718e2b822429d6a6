import { z } from 'zod'
import type { Operation } from './operations'

export const checkSchema = z.object({
  name: z.string(),
  ok: z
    .union([z.boolean(), z.literal('warning')])
    .describe('false: messages cannot go; "warning": not as they should'),
  found: z.string().describe('what was found, a sentence'),
  remedy: z.string().optional().describe('what to do about it'),
  fix: z.enum(['desktop.permit', 'desktop.tree']).optional().describe('the operation that leads there'),
})
export type Check = z.output<typeof checkSchema>

export const doctorOperations = {
  'doctor.run': {
    summary: 'Checks all that deliveries need, touching nothing, and says what to do about what is amiss.',
    params: z.strictObject({}),
    result: z.object({ checks: z.array(checkSchema) }),
  },
  'desktop.permit': {
    summary:
      'Opens the place in the system’s settings where Waggle is allowed to use mouse and keyboard (macOS).',
    params: z.strictObject({}),
    result: z.object({}),
  },
} as const satisfies Record<string, Operation>
