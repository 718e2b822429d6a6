import { z } from 'zod'
import { meansSchema, pointSchema, rectSchema } from './agent'
import { failureSchema } from './failure'
import { partyName } from './text'

/** A window of another program, as `desktop.look` shows it. */
export const seenWindowSchema = z.object({
  id: z.string().describe('names the same window until it closes'),
  title: z.string(),
  app: z.string(),
  rect: rectSchema.describe('its content, without the frame'),
  minimized: z.boolean().describe('or rolled up, or on another workspace: not to be seen'),
  pattern: z
    .string()
    .optional()
    .describe("a pattern for this window's title that outlives counters and open files"),
  matches: z.int().optional().describe('how many windows that pattern fits now: 1 is what an agent needs'),
})

/** Where an agent's input is right now, or why it cannot be found. */
export const seenAgentSchema = z.object({
  name: partyName,
  point: pointSchema.optional(),
  windowId: z.string().optional(),
  failure: failureSchema.optional(),
})

export const deskSchema = z.object({
  screens: z.array(z.object({ rect: rectSchema })),
  windows: z.array(seenWindowSchema).describe('frontmost first'),
  agents: z.array(seenAgentSchema),
})

export const pictureSchema = z.object({
  png: z.string().describe('a data URL'),
  rect: rectSchema.describe('what it shows'),
})

/** How an agent's input is read, and what would make that better. */
export const readingSchema = z.object({
  name: partyName,
  lookedAtBy: meansSchema,
  why: z.string().optional().describe('why so, and not by the tree'),
  cure: z.string().optional().describe('the one thing to do about it'),
})

export type Reading = z.infer<typeof readingSchema>
export type Desk = z.infer<typeof deskSchema>
export type SeenWindow = z.infer<typeof seenWindowSchema>
export type SeenAgent = z.infer<typeof seenAgentSchema>
