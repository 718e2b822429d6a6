import type { Agent } from '../contract/agent'
import type { Desk } from '../contract/desktop-look'
import type { Failure } from '../contract/failure'
import { systemClock } from './clock'
import type { Desktop } from './desktop/desktop'
import { programOf } from './desktop/program-of'
import { readingOf } from './doctor/readings'
import { createStandings } from './doctor/standings'
import type { Log } from './log'
import type { Tree } from './looking/look'
import { createTreeChoice } from './looking/tree-choice'
import type { Queue } from './queue/queue'
import type { Roster } from './roster/roster'
import type { LiveSettings } from './settings'
import { isFailure, locate } from './ways/window/locate'
import type { Ways } from './ways/choose'
import type { Way } from './ways/way'
import { look } from './ways/window/look'
import { isReadByMarking } from './ways/window/marked-text'
import { createProfiles, isTerminal } from './ways/window/profile'

interface ReadingDeps {
  readonly tree: Tree
  readonly hasTree: boolean
  readonly desktop: Desktop
  readonly settings: LiveSettings
  readonly roster: Roster
  readonly queue: Queue
  /** The ways of agents that live in no window. */
  readonly ways: readonly Way[]
  /** Why an agent whose window is a terminal's could get nothing now, if so. Looks only. */
  readonly terminalTrouble: (agent: Agent) => Promise<Failure | undefined>
  readonly secondServes: Ways['secondServes']
  readonly log: Log
}

export type Reading = ReturnType<typeof openReading>

/**
 * How agents' inputs are read, with the person's say in it: the tree that deliveries may look at, and what the doors tell of
 * it. To be opened early: an agent that starts a moment later shows its tree only if that is on by then.
 */
export function openReading(deps: ReadingDeps) {
  const { tree, hasTree: offered, desktop, settings, roster, queue, ways, log } = deps
  const choice = createTreeChoice({ tree, settings, log })
  const own = () => settings.current().profiles
  const profileOf = createProfiles({ platform: process.platform, own })
  const seen = {
    tree: choice.tree,
    locate: (agent: Agent) => locate(agent, desktop),
    mayCopy: (profile: string, app: string) => profileOf(profile, app).readBack,
    isMarked: (app: string) => isReadByMarking(app, process.platform),
    programOf,
  }
  const inTerminal: InTerminal = async (agent, app) =>
    isTerminal(app) ? deps.terminalTrouble(agent) : undefined
  const firstReady = async (agent: Agent) => {
    const way = ways.find(({ name }) => name === agent.way)
    if (way) return way.ready(agent, 'normal')
    // Whoever takes its messages itself can always be written to.
    if (agent.way === 'inbox') return undefined
    const found = await locate(agent, desktop)
    return isFailure(found) ? found : inTerminal(agent, found.window.app)
  }
  const ready = async (agent: Agent) => {
    const failure = await firstReady(agent)
    return failure && (await deps.secondServes(agent, failure.code)) ? undefined : failure
  }
  const standings = createStandings({
    look: async (agents) => deskOf(agents, desktop, inTerminal),
    ready: firstReady,
    secondServes: deps.secondServes,
    waitsFor: (agent) => queue.status().perAgent[agent]?.waitingFor?.code,
    read: (agent) => readingOf(agent, seen),
    clock: systemClock,
  })
  const reading = async () => {
    const enabled = roster.list().filter((agent) => agent.enabled)
    const [on, ...read] = await Promise.all([choice.tree.isOn(), ...enabled.map(standings.read)])
    const { readBy } = settings.current()
    const agents = read.filter((one) => one !== undefined)
    return { offered, on, ...(readBy && { chosen: readBy === 'tree' }), agents }
  }
  return { tree: choice.tree, doors: { listed: standings.of, chooseTree: choice.choose, reading, ready } }
}

type InTerminal = (agent: Agent, app: string) => Promise<Failure | undefined>

/** The desk with what stands against agents in terminals, too. */
async function deskOf(agents: readonly Agent[], desktop: Desktop, inTerminal: InTerminal): Promise<Desk> {
  const desk = await look(desktop, agents)
  const seen = desk.agents.map(async (one, index) => {
    const agent = agents[index]
    const app = desk.windows.find(({ id }) => id === one.windowId)?.app
    const failure = one.failure ?? (agent && app !== undefined && (await inTerminal(agent, app)))
    return failure ? { ...one, failure } : one
  })
  return { ...desk, agents: await Promise.all(seen) }
}
