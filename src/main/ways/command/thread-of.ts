import type { Agent } from '../../../contract/agent'
import type { Desktop } from '../../desktop/desktop'
import { processesOf, readerOf, terminalBelow } from '../terminal/reader'
import { codexThread } from '../terminal/records/codex'
import type { Terminals } from '../terminal/terminals'

export interface ThreadOfDeps {
  readonly terminals: Pick<Terminals, 'of'>
  readonly desktop: Pick<Desktop, 'windows'>
}

/** The thread of the Codex that runs in the agent's terminal now: wrapped, in tmux, or in the window that was calibrated. */
export async function threadOf(
  agent: Agent,
  deps: ThreadOfDeps,
): Promise<string | { readonly refusal: string }> {
  const member = await memberOf(agent, deps)
  const reader = member === undefined ? undefined : readerOf(member)
  const codex = reader && processesOf(reader.id).find(({ name }) => name === 'codex')
  if (!codex) return refusal(agent.name, 'no Codex is seen to run in a terminal of its own')
  const thread = codexThread(codex)
  return typeof thread === 'string' ? refusal(agent.name, thread) : thread.id
}

/** A process that stands in its terminal. */
async function memberOf(
  { name, panePid, calibration }: Agent,
  { terminals, desktop }: ThreadOfDeps,
): Promise<number | undefined> {
  const wrapper = terminals.of(name)
  if (!wrapper && panePid !== undefined) return panePid
  const id = calibration?.windowId
  const windows = wrapper || id === undefined ? [] : await desktop.windows()
  const owner = wrapper?.pid ?? windows.find((window) => window.id === id)?.pid
  const below = owner === undefined ? 'none' : terminalBelow(owner)
  return typeof below === 'string' ? undefined : below.member
}

function refusal(name: string, why: string): { readonly refusal: string } {
  return {
    refusal: `the thread of ${name} is not known: ${why}. Write it in place of {thread}, as its /status shows it`,
  }
}
