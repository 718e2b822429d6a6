import type { Agent } from '../../../contract/agent'
import type { Failure } from '../../../contract/failure'
import type { Clock } from '../../clock'
import { AgentPrompt } from '../terminal/agent-prompt'
import { runErrand } from '../terminal/errand'
import { heldText } from '../terminal/held-text'
import { sessionRecords } from '../terminal/records/session-records'
import { readerOf } from '../terminal/reader'
import type { Pastes } from '../../queue/pastes'
import type { OtherWay } from '../way'
import { paneTerminal } from './pane-terminal'
import { TmuxError, type PaneLook, type Tmux } from './tmux'

interface TmuxWayDeps {
  readonly tmux: Tmux
  readonly clock: Clock
  readonly pastes: Pastes
}

/** How long one look waits for a prompt that it sees for the first time. */
const LEARN_LIMIT_MS = 600
const LEARN_EVERY_MS = 100

/** Agents in panes of tmux, looked at and typed into by tmux itself. */
export function createTmuxWay(deps: TmuxWayDeps): OtherWay {
  const prompts = new Prompts(deps)
  return {
    name: 'tmux',
    usesDesktop: false,
    async ready(agent) {
      if (agent.tmux === undefined) return noPane(agent.name)
      try {
        const prompt = prompts.of(agent, agent.tmux)
        await prompt.reconcile(deps.pastes.of(agent.name))
        return await prompt.troubleOnceLearnt(LEARN_LIMIT_MS, LEARN_EVERY_MS)
      } catch (error) {
        return gone(agent.name, error)
      }
    },
    says: (agent) => (agent.tmux === undefined ? [] : prompts.of(agent, agent.tmux).says()),
    held: (agent, text) => heldText(agent, text),
    async deliver(order) {
      const { agent, message } = order
      const trouble =
        heldText(agent, message.text) ?? (agent.tmux === undefined ? noPane(agent.name) : undefined)
      if (trouble) return { state: 'not-submitted', failure: trouble, timings: { steps: [] } }
      const prompt = prompts.of(agent, agent.tmux ?? '')
      return runErrand(order, { ...deps, way: 'tmux' }, (errand) => prompt.handOver(errand))
    },
  }
}

/** The prompts that are known, each for as long as its agent is set to the same pane. */
class Prompts {
  readonly #deps: TmuxWayDeps
  readonly #known = new Map<string, { readonly key: string; readonly prompt: AgentPrompt }>()

  constructor(deps: TmuxWayDeps) {
    this.#deps = deps
  }

  of(agent: Agent, pane: string): AgentPrompt {
    const { name, program, panePid } = agent
    const key = JSON.stringify([pane, program, panePid])
    const known = this.#known.get(name)
    if (known?.key === key) return known.prompt
    const check = (look: PaneLook) => {
      if (panePid !== undefined && look.pid !== panePid)
        throw new TmuxError(`pane ${pane} is another one than when ${name} was set to it`, false)
    }
    const prompt = new AgentPrompt({
      name: () => name,
      terminal: paneTerminal(pane, { ...this.#deps, check }),
      clock: this.#deps.clock,
      program,
      records: sessionRecords,
    })
    this.#known.set(name, { key, prompt })
    return prompt
  }
}

/** What is to be remembered of the pane that an agent is set to: the program that is to get its messages. */
export interface SetPane {
  readonly program: string
  readonly panePid: number
}

/** Looks who runs in a pane. A failure: no agent does, or there is no such pane. */
export async function lookIntoPane(
  tmux: Tmux,
  pane: string,
): Promise<SetPane | { readonly refusal: string }> {
  try {
    const look = await tmux.look(pane)
    const reader = look.isDead ? undefined : readerOf(look.pid)
    if (!reader) return { refusal: `nothing runs in the pane ${pane}` }
    if (reader.kind === 'program') return { program: reader.name, panePid: look.pid }
    if (reader.kind === 'other')
      return { refusal: `${reader.name} runs in the pane ${pane}; start the agent there first, then set it` }
    return {
      refusal: `${reader.name} runs in the pane ${pane}, which shows a terminal of another place; set the agent over there`,
    }
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) }
  }
}

function noPane(name: string): Failure {
  const message = `${name} has no pane of tmux. Set one: waggle agents set ${name} --tmux %3`
  return { code: 'not-calibrated', message }
}

function gone(name: string, error: unknown): Failure {
  const why = error instanceof Error ? error.message : String(error)
  const isMissing = error instanceof TmuxError && error.isMissing
  return {
    code: isMissing ? 'unreadable' : 'agent-ended',
    message: `The pane of ${name} cannot be looked at: ${why}. Set it again: waggle agents set ${name} --tmux PANE`,
  }
}
