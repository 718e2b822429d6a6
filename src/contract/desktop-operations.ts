import { z } from 'zod'
import { rectSchema } from './agent'
import { deskSchema, pictureSchema } from './desktop-look'

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
} as const
