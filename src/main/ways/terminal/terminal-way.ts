import type { Clock } from '../../clock'
import { troubleOf } from '../../looking/standing'
import type { Pastes } from '../../queue/pastes'
import type { OtherWay } from '../way'
import { runErrand } from './errand'
import { heldText } from './held-text'
import { notJoined, type Terminals } from './terminals'

interface TerminalWayDeps {
  readonly terminals: Pick<Terminals, 'of' | 'handOver'>
  readonly clock: Pick<Clock, 'monotonic'>
  readonly pastes: Pastes
}

/** Agents under `waggle wrap`: the wrapper, which has the screen, decides; here it is only handed the message. */
export function createTerminalWay({ terminals, ...deps }: TerminalWayDeps): OtherWay {
  return {
    name: 'terminal',
    usesDesktop: false,
    ready: ({ name }) => {
      const terminal = terminals.of(name)
      return Promise.resolve(terminal ? troubleOf(terminal.standing, name) : notJoined(name))
    },
    says: ({ name }) => {
      const terminal = terminals.of(name)
      if (!terminal) return []
      return [`${terminal.program} runs in its terminal, and its prompt was seen there. Nothing was typed.`]
    },
    held: (agent, text) => heldText(agent, text),
    deliver: async (order) => {
      const { agent, message } = order
      const held = heldText(agent, message.text)
      if (held) return { state: 'not-submitted', failure: held, timings: { steps: [] } }
      return runErrand(order, { ...deps, way: 'terminal' }, (errand) =>
        terminals.handOver(agent.name, errand),
      )
    },
  }
}
