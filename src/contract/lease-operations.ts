import { z } from 'zod'
import type { Operation } from './operations'

export const leaseOperations = {
  'desktop.acquire': {
    summary:
      'Lends mouse, keyboard, clipboard and focus to the caller’s own program, first come, first served with deliveries, which wait meanwhile. The lease ends at desktop.release or when the connection closes.',
    params: z.strictObject({
      reason: z
        .string()
        .min(1)
        .max(200)
        .regex(/^\P{Cc}*$/u, { error: 'the reason has a control character; one line of text is expected' })
        .describe('what it is for, shown to people'),
      pid: z.int().positive().optional().describe('the process that will use the desktop, shown to people'),
      timeoutMs: z
        .int()
        .min(0)
        .max(86_400_000)
        .optional()
        .describe('how long to wait for it; without it, as long as it takes'),
    }),
    result: z.object({ lease: z.uuid() }),
  },
  'desktop.release': {
    summary: 'Gives the desktop back.',
    params: z.strictObject({ lease: z.uuid() }),
    result: z.object({}),
  },
} as const satisfies Record<string, Operation>
