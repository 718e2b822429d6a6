import { readFileSync } from 'node:fs'
import type { Agent } from '../../../contract/agent'
import { agentProduct } from '../../../contract/agent-programs'
import type { Pane, Panes } from '../../../contract/tmux-operations'
import { given } from '../../given'
import { readerOf } from '../terminal/reader'
import { TmuxError, type ListedPane, type Tmux } from './tmux'

/** The panes in which a program runs that may be an agent, known ones first. Rejects with {@link TmuxError}. */
export async function listPanes(tmux: Pick<Tmux, 'list'>, agents: readonly Agent[]): Promise<Panes> {
  try {
    const panes = (await tmux.list()).flatMap((one) => asPane(one, agents))
    return {
      installed: true,
      panes: panes.toSorted((a, b) => Number(b.product !== undefined) - Number(a.product !== undefined)),
    }
  } catch (error) {
    if (error instanceof TmuxError && error.isMissing) return { installed: false, panes: [] }
    throw error
  }
}

function asPane({ id, pid, where, isDead }: ListedPane, agents: readonly Agent[]): Pane[] {
  const reader = isDead ? undefined : readerOf(pid)
  if (reader?.kind !== 'program') return []
  const agent = agents.find(({ tmux }) => tmux === id || tmux === where)?.name
  const product = agentProduct(reader.name) ?? productByArguments(reader.id)
  return [{ pane: id, where, program: reader.name, ...given({ product, agent }) }]
}

/** An agent in Node or Python is the script that this runs. */
function productByArguments(readerId: string): string | undefined {
  try {
    const words = readFileSync(`/proc/${Number.parseInt(readerId, 10)}/cmdline`, 'utf8').split('\0')
    const script = words.slice(1).find((word) => word !== '' && !word.startsWith('-'))
    return script === undefined ? undefined : agentProduct(script)
  } catch {
    return undefined
  }
}
