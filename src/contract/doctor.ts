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

/** What tells desks apart: no texts, titles, names or paths. */
export const deskFactSchema = z.object({ what: z.string(), found: z.string() })
export type DeskFact = z.output<typeof deskFactSchema>

export const doctorOperations = {
  'doctor.run': {
    summary: 'Checks all that deliveries need, touching nothing, and says what to do about what is amiss.',
    params: z.strictObject({}),
    result: z.object({
      checks: z.array(checkSchema),
      desk: z
        .array(deskFactSchema)
        .describe(
          'for a report of a fault: versions, desk, layout, managers; no texts, titles, names or paths',
        ),
    }),
  },
  'desktop.permit': {
    summary:
      'Opens the place in the system’s settings where Waggle is allowed to use mouse and keyboard (macOS).',
    params: z.strictObject({}),
    result: z.object({}),
  },
} as const satisfies Record<string, Operation>
