import { z } from 'zod'
import { agentSchema, pointSchema } from './agent'
import { deskSchema, seenWindowSchema } from './desktop-look'
import { partyName } from './text'

const agentsResult = z.object({ agents: z.array(agentSchema) })

/** Setting an agent's point and window at the desk, by pointing at its input. */
export const pointingOperations = {
  'agent.point': {
    summary:
      'Asks the person at the desk to click into the agent’s input, on a picture of the screens. Answers once they did, or gave up.',
    params: z.strictObject({ name: partyName }),
    result: agentsResult.extend({
      pointed: z.boolean().describe('false: given up, nothing has changed'),
      picture: z.string().optional().describe('the screen around the point, as a data URL of a PNG'),
    }),
  },
  'agent.here': {
    summary:
      'Sets an agent’s point to where the pointer is now and its window to the one there. Without a name: the agent that lives in that window, else a new one.',
    params: z.strictObject({ name: partyName.optional() }),
    result: agentsResult.extend({ name: partyName, added: z.boolean() }),
  },
  'pointing.scene': {
    summary:
      'What the person points at while agent.point waits: the desktop as it was when the picture was taken.',
    params: z.strictObject({}),
    result: deskSchema.extend({ name: partyName.describe('the agent that is asked for') }),
  },
  'pointing.choose': {
    summary: 'Ends agent.point: the agent lives at this point, in the window that stands there.',
    params: z.strictObject({ at: pointSchema }),
    result: z.object({ window: seenWindowSchema }),
  },
  'pointing.cancel': {
    summary: 'Ends agent.point and leaves everything as it was.',
    params: z.strictObject({}),
    result: z.object({}),
  },
} as const
