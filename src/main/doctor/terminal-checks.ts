import type { Check } from '../../contract/doctor'
import type { Pane, Panes } from '../../contract/tmux-operations'
import { passed, words } from './checks'

const NAME = 'tmux'

/** Which agents run in tmux, and which of them get no messages yet. */
export async function terminalChecks(panes: () => Promise<Panes>): Promise<Check[]> {
  try {
    return [tmuxCheck(await panes())]
  } catch (error) {
    const remedy = 'Agents in its panes get no messages until it answers; "waggle wrap" works without it.'
    return [{ name: NAME, ok: 'warning', found: `tmux does not answer: ${words(error)}.`, remedy }]
  }
}

function tmuxCheck({ installed, panes }: Panes): Check {
  if (!installed)
    return passed(NAME, 'Not installed. "waggle wrap NAME -- COMMAND" runs an agent in any terminal.')
  const agents = panes.filter(({ product, agent }) => product !== undefined || agent !== undefined)
  if (agents.length === 0) return passed(NAME, 'Installed; no agent is seen in its panes.')
  const [unset] = agents.filter(({ agent }) => agent === undefined)
  return {
    ...passed(NAME, `${agents.map(paneWords).join(', ')}.`),
    ...(unset && {
      remedy: `Let messages reach ${unset.product ?? unset.program}: waggle agents set NAME --tmux ${unset.pane}`,
    }),
  }
}

function paneWords({ pane, where, program, product = program, agent }: Pane): string {
  return `${product} in ${pane} (${where}${agent === undefined ? '' : `, ${agent}`})`
}
