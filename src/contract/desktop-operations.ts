import { z } from 'zod'
import { rectSchema } from './agent'
import { deskSchema, pictureSchema, readingSchema } from './desktop-look'

/** The operations that only look at the desktop. */
export const desktopOperations = {
  'desktop.look': {
    summary: 'The screens, the windows on them, and where each agent’s input is right now.',
    params: z.strictObject({}),
    result: deskSchema,
  },
  'desktop.picture': {
    summary: 'A picture of the screens, or of the part given; made smaller where it would not fit a line.',
    params: z.strictObject({
      rect: rectSchema.optional(),
      maxWidth: z.int().min(16).max(16_384).default(1280).describe('in pixels'),
    }),
    result: pictureSchema,
  },
  'desktop.tree': {
    summary:
      'How agents’ inputs are read: by the accessibility tree, which sees what stands there and presses no key, or by copying. With `on`, the person’s answer to whether Waggle may: the tree is switched on or off for this user, never as a screen reader. Programs started before must be restarted once.',
    params: z.strictObject({ on: z.boolean().optional().describe('left out: only looks') }),
    result: z.object({
      offered: z.boolean().describe('false where this system has no tree that Waggle can read'),
      on: z.boolean().describe('whether programs that start from now on show their trees'),
      chosen: z.boolean().optional().describe('what the person answered; left out: not asked yet'),
      agents: z.array(readingSchema).describe('the enabled agents whose windows are there'),
    }),
  },
} as const
