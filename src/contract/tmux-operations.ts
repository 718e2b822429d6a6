import { z } from 'zod'
import type { Operation } from './operations'
import { tmuxPane } from './agent'
import { partyName } from './text'

/** A pane of tmux in which a program runs that may be an agent: no shell, and nothing that shows another terminal. */
export const paneSchema = z.object({
  pane: tmuxPane,
  where: z.string().describe('session:window.pane'),
  program: z.string(),
  product: z.string().optional().describe('what people call it, where it is known to be an agent'),
  agent: partyName.optional().describe('the agent that is set to this pane'),
})

export const tmuxOperations = {
  'tmux.panes': {
    summary: 'The panes of tmux in which a program runs that may be an agent; looks only.',
    params: z.strictObject({}),
    result: z.object({
      installed: z.boolean().describe('false: there is no tmux here, or not in the PATH of Waggle'),
      panes: z.array(paneSchema),
    }),
  },
} as const satisfies Record<string, Operation>

export type Pane = z.infer<typeof paneSchema>
export interface Panes {
  readonly installed: boolean
  readonly panes: Pane[]
}
