import { z } from 'zod'
import { commandSchema } from './command'
import { failureCodes } from './failure'
import { partyName } from './text'
import { titlePattern } from './title-pattern'
import { wordsSchema } from './words'

/** A point in physical screen pixels, as mouse and X11 count them (not Electron's DIP). */
export const pointSchema = z
  .tuple([z.int(), z.int()], { error: 'expected [x, y] in whole pixels' })
  .describe('[x, y] in physical screen pixels')

export const rectSchema = z
  .object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
  .describe('a rectangle in physical screen pixels')

/** A regular expression for a window's title, kept as the text the user wrote. */
export const windowPattern = z
  .string()
  .min(1)
  .max(512)
  .superRefine((pattern, context) => {
    try {
      titlePattern(pattern)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      context.addIssue({ code: 'custom', message: `not a regular expression: ${why}` })
    }
  })

/** How messages can reach an agent. */
export const wayNames = ['window', 'terminal', 'tmux', 'command', 'inbox'] as const

/** A pane of tmux, as its commands take it. */
export const tmuxPane = z
  .string()
  .max(200)
  .regex(/^[^\s-]\S*$/, { error: 'expected a pane such as %3 or session:window.pane' })
  .describe('a pane of tmux: %3, or session:window.pane')

export const prefixesSchema = z
  .enum(['hold', 'send'])
  .describe(
    'what becomes of texts that begin with /, ! or #, which agents in terminals take for commands: hold is the default there',
  )

/** The window that stood under the point when it was set: what the point is relative to when the window moves. */
export const calibrationSchema = z.object({
  at: z.iso.datetime(),
  windowId: z.string().describe('names the same window until it closes'),
  title: z.string(),
  app: z.string(),
  rect: rectSchema,
  program: z
    .string()
    .optional()
    .describe(
      'what ran in it, for the window of a terminal that shows only one: it alone gets messages there',
    ),
})

/** What a test of the agent's input has learnt; gone with a new point, window or profile. */
export const learntSchema = z.object({
  at: z.iso.datetime(),
  lookedAtBy: z
    .enum(['tree', 'copy'])
    .describe('how its input is read: by the accessibility tree, or by selecting and copying'),
  copyMs: z.number().describe('between selecting and copying, and after it; 0: it bears both at once'),
  pasteMs: z.number().describe('between a paste and the next key'),
  blank: z
    .object({ tree: z.string().optional(), copy: z.enum(['nothing', 'no-text', 'newline']).optional() })
    .describe('how the empty input looks: its words of advice, what a copy gives'),
  breaks: z.literal([1, 2]).optional().describe('how many line feeds it writes between two lines'),
  says: z.array(z.string()).describe('what this input is like, in sentences'),
})

export const agentSchema = z.object({
  name: partyName,
  at: pointSchema.optional(),
  window: windowPattern.optional(),
  profile: z.string(),
  enabled: z.boolean(),
  description: z.string().max(500),
  calibration: calibrationSchema.optional(),
  way: z.enum(wayNames).optional().describe('how messages reach it; left out: by its window'),
  second: z
    .enum(wayNames)
    .optional()
    .describe(
      'the way that is tried while the first is not possible, and only while no text may stand there',
    ),
  tmux: tmuxPane.optional(),
  panePid: z.int().optional().describe('the process of that pane when it was set'),
  command: commandSchema.optional(),
  program: z.string().optional().describe('what ran in its terminal when it was set'),
  prefixes: prefixesSchema.optional(),
  words: wordsSchema.optional(),
  learnt: learntSchema.optional(),
})

/** By what an agent's input is looked at. */
export const meansSchema = z
  .enum(['tree', 'copy', 'screen', 'none'])
  .describe(
    'the accessibility tree, selecting and copying, what stands on its screen; none: no means, or none known yet',
  )

/** An agent as the operations answer with it: with how it stands at this moment. */
export const listedAgentSchema = agentSchema.extend({
  stands: z
    .enum(['ready', ...failureCodes])
    .describe('`ready`, or why a message to it would have to wait, as far as that is known'),
  lookedAtBy: meansSchema,
})

export type WayName = (typeof wayNames)[number]
export type Agent = z.infer<typeof agentSchema>
export type ListedAgent = z.infer<typeof listedAgentSchema>
export type Means = z.infer<typeof meansSchema>
export type Learnt = z.infer<typeof learntSchema>
export type Calibration = z.infer<typeof calibrationSchema>
