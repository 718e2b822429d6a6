import type { Agent } from '../../contract/agent'
import type { ParsedParams, Result } from '../../contract/operations'
import { titlePattern } from '../../contract/title-pattern'
import type { Picture } from '../desktop/desktop'
import type { Choice, Pointing } from '../ways/window/pointing'
import { given } from '../given'
import { newAgent } from '../roster/new-agent'
import type { Roster } from '../roster/roster'
import type { Caller } from './handlers'

export interface PointingDeps {
  readonly roster: Roster
  readonly pointing: Pointing
  /** The pointer and the window under it, now. Throws `OperationError` notFound when it is over none. */
  hover(): Promise<Choice>
  /** The picture as a data URL. */
  pngOf(picture: Picture): Promise<string>
  /** The profile that most probably fits a window of this program. */
  guessProfile(app: string): string
  /** What runs in that window, if it is a terminal's and that can be told. */
  programIn(windowId: string): Promise<string | undefined>
  /** Milliseconds since 1970. */
  now(): number
}

type PointingOperation =
  | 'agent.point'
  | 'agent.here'
  | 'pointing.scene'
  | 'pointing.choose'
  | 'pointing.cancel'

/** Agents set at the desk: by a click on the picture of the screens, or by the pointer where it is. */
export function pointingHandlers({ roster, pointing, hover, pngOf, now, ...deps }: PointingDeps) {
  const settle = async (name: string, choice: Choice) => {
    const program = await deps.programIn(choice.window.id)
    const fresh = { ...newAgent(name), profile: deps.guessProfile(choice.window.app) }
    roster.put(settled(roster.get(name) ?? fresh, choice, new Date(now()), program))
  }
  const all = () => ({ agents: [...roster.list()] })
  return {
    'agent.point': async ({ name }, { signal }) => {
      const choice = await pointing.ask(name, signal)
      if (choice) await settle(name, choice)
      const picture = choice?.picture && (await pngOf(choice.picture))
      return { ...all(), pointed: choice !== undefined, ...(picture !== undefined && { picture }) }
    },
    'agent.here': async ({ name: wanted }) => {
      const choice = await hover()
      const name = wanted ?? whoLivesIn(choice, roster.list()) ?? freeName(roster)
      const added = roster.get(name) === undefined
      await settle(name, choice)
      return { ...all(), name, added }
    },
    'pointing.scene': () => pointing.scene(),
    'pointing.choose': ({ at }) => ({ window: pointing.choose(at).window }),
    'pointing.cancel': () => {
      pointing.cancel()
      return {}
    },
  } satisfies {
    [N in PointingOperation]: (params: ParsedParams<N>, caller: Caller) => Result<N> | Promise<Result<N>>
  }
}

/** A pattern that somebody wrote and that fits the window stays; it is better than a guess. */
function settled(
  agent: Agent,
  { at: [x, y], window: seen }: Choice,
  now: Date,
  program: string | undefined,
): Agent {
  const { window: pattern, ...others } = agent
  const isOwn = pattern !== undefined && titlePattern(pattern).test(seen.title)
  const window = isOwn ? pattern : seen.pattern
  const { id: windowId, title, app, rect } = seen
  const calibration = { at: now.toISOString(), windowId, title, app, rect, ...given({ program }) }
  return { ...others, at: [x, y], ...(window !== undefined && { window }), calibration }
}

/** The agent whose window this is, if it is the only one that lives there. */
function whoLivesIn({ window }: Choice, agents: readonly Agent[]): string | undefined {
  const living = agents.filter(({ calibration }) => calibration?.windowId === window.id)
  return living.length === 1 ? living[0]?.name : undefined
}

/** "Agent-1", or the next number that no agent has. */
function freeName(roster: Roster): string {
  let number = 1
  while (roster.get(`Agent-${number}`)) number += 1
  return `Agent-${number}`
}
