import { z } from 'zod'
import { messageSchema } from './message'
import type { Operation } from './operations'
import { recipients } from './sending'
import { MAX_TEXT_LENGTH, messageText, partyName } from './text'

/** How agents are told who they are, who else is there, and how to write to them. */
export const onboardingOperations = {
  'agent.onboard': {
    summary:
      'Sends an agent, several, or everyone the text that says who it is, who else is there and how to write to them, without other words around it. All or nothing.',
    params: z.strictObject({
      to: recipients,
      template: z
        .string()
        .min(1)
        .max(MAX_TEXT_LENGTH)
        .optional()
        .describe(
          'the text, in which {name} and {agents} are filled in; left out: that in onboarding/NAME.md, else onboarding.md in Waggle’s home, else one that comes with Waggle',
        ),
      from: partyName.optional(),
      dryRun: z.boolean().default(false).describe('true: only says what would be sent'),
    }),
    result: z.object({
      texts: z.array(
        z.object({
          to: partyName,
          text: messageText,
          file: z.string().optional().describe('where the text stands, if it is one of yours'),
        }),
      ),
      messages: z.array(messageSchema).describe('what was sent; empty after a dry run'),
    }),
  },
} as const satisfies Record<string, Operation>
