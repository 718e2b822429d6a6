import type { ParsedParams, Result } from '../../contract/operations'
import type { Panes } from '../../contract/tmux-operations'
import { newAgent } from '../roster/new-agent'
import type { Roster } from '../roster/roster'
import type { Terminals } from '../ways/terminal/terminals'
import type { Caller } from './handlers'

export interface TerminalDeps {
  readonly roster: Roster
  /** What runs in tmux. Rejects with a sentence when it does not answer. */
  panes(): Promise<Panes>
  readonly terminals: Pick<Terminals, 'join' | 'stands' | 'next' | 'step' | 'report'>
}

type TerminalOperation =
  | 'terminal.join'
  | 'terminal.stands'
  | 'terminal.next'
  | 'terminal.step'
  | 'terminal.report'
  | 'tmux.panes'

/** What `waggle wrap` says and asks; a terminal is its connection's, and ends with it. */
export function terminalHandlers({ roster, terminals, panes }: TerminalDeps) {
  return {
    'terminal.join': (params, { signal }) => {
      terminals.join(params, signal)
      enlist(roster, params.name, params.program)
      return {}
    },
    'terminal.stands': ({ standing }, { signal }) => {
      terminals.stands(signal, standing)
      return {}
    },
    'terminal.next': (_params, { signal }) => terminals.next(signal),
    'terminal.step': async (params, { signal }) => ({ go: await terminals.step(signal, params) }),
    'terminal.report': (params, { signal }) => {
      terminals.report(signal, params)
      return {}
    },
    'tmux.panes': panes,
  } satisfies {
    [N in TerminalOperation]: (params: ParsedParams<N>, caller: Caller) => Result<N> | Promise<Result<N>>
  }
}

/** The agent gets its messages by its terminal from now on; written only where that is new. */
function enlist(roster: Roster, name: string, program: string): void {
  const known = roster.get(name)
  const isSet = known?.way === 'terminal' || known?.second === 'terminal'
  if (isSet && known.program === program) return
  const agent = known ?? newAgent(name)
  roster.put({ ...agent, ...(agent.second !== 'terminal' && { way: 'terminal' }), program })
}
