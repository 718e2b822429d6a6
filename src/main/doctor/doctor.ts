import type { Agent } from '../../contract/agent'
import type { Check } from '../../contract/doctor'
import type { Failure } from '../../contract/failure'
import type { Result } from '../../contract/operations'
import type { Panes } from '../../contract/tmux-operations'
import type { Desktop } from '../desktop/desktop'
import { failed, passed, words } from './checks'
import { desktopChecks, type DesktopCheckDeps } from './desktop-checks'
import { deskFacts, type DeskFactsDeps } from './desk-facts'
import { homeChecks, type HomeCheckDeps } from './home-checks'
import { inTheWayChecks, type InTheWayDeps } from './in-the-way'
import { readingChecks } from './reading-checks'
import { startCheck } from './start-check'
import { terminalChecks } from './terminal-checks'

export interface DoctorDeps
  extends
    DesktopCheckDeps,
    HomeCheckDeps,
    Pick<InTheWayDeps, 'isPaused'>,
    Pick<DeskFactsDeps, 'version' | 'look'> {
  readonly desktop: DesktopCheckDeps['desktop'] & Pick<Desktop, 'overlays'>
  readonly agents: () => readonly Agent[]
  /** Why nothing can be delivered to this agent now, if so. */
  ready(agent: Agent): Promise<Failure | undefined>
  /** How inputs are read now. */
  reading(): Promise<Result<'desktop.tree'>>
  /** What runs in tmux. */
  panes(): Promise<Panes>
  readonly electron: string
}

/** Looks at all that deliveries need and touches nothing. Never rejects. */
export async function examine(deps: DoctorDeps): Promise<Result<'doctor.run'>> {
  const overlays = async () => deps.desktop.overlays()
  const [desktop, home, agents, inTheWay, reading, terminals, desk] = await Promise.all([
    desktopChecks(deps),
    homeChecks(deps),
    agentsCheck(deps),
    inTheWayChecks({ ...deps, overlays }),
    deps.reading(),
    terminalChecks(() => deps.panes()),
    deskFacts(deps),
  ])
  const reachable = [agents, ...inTheWay, ...readingChecks(reading), ...terminals]
  return { checks: [...desktop, ...reachable, ...home, startCheck(deps), ...electronChecks(deps)], desk }
}

async function agentsCheck({ agents, ready }: DoctorDeps): Promise<Check> {
  const name = 'Agents'
  const enabled = agents().filter((agent) => agent.enabled)
  if (enabled.length === 0) {
    const remedy = 'Add one in the agents view, or with "waggle agents set".'
    return { name, ok: 'warning', found: 'No agent is set up yet.', remedy }
  }
  const looked = await Promise.all(
    enabled.map(async (agent) => {
      const failure = await ready(agent).catch((error: unknown) => ({ message: words(error) }))
      return failure && `${agent.name}: ${failure.message}`
    }),
  )
  const missing = looked.filter((sentence) => sentence !== undefined)
  if (missing.length === 0) {
    return passed(
      name,
      enabled.length === 1 ? 'The agent can be reached.' : `All ${enabled.length} agents can be reached.`,
    )
  }
  const inWindows = enabled.every(({ way = 'window' }) => way === 'window')
  const remedy = inWindows
    ? 'Open their windows, or set their points anew in the agents view.'
    : 'Do what each of them says; agents in windows: open these, or set their points anew in the agents view.'
  if (missing.length === enabled.length) return failed(name, missing.join(' '), remedy)
  return { name, ok: 'warning', found: missing.join(' '), remedy }
}

/** The oldest Electron that the code runs on, and the newest it is made for. */
const [OLDEST, NEWEST] = [33, 45]

function electronChecks({ electron, headless }: DoctorDeps): Check[] {
  return headless ? [] : [electronCheck(electron)]
}

function electronCheck(electron: string): Check {
  const major = Number.parseInt(electron, 10)
  if (major < OLDEST) {
    return failed(
      'Electron',
      `Electron ${electron} is older than ${OLDEST}, the oldest that Waggle runs on.`,
      `Use Electron ${OLDEST} or newer.`,
    )
  }
  if (major <= NEWEST) return passed('Electron', `Waggle is made for Electron ${electron}.`)
  const found = `Electron ${electron} is newer than ${NEWEST}, the newest that Waggle was made for.`
  return {
    name: 'Electron',
    ok: 'warning',
    found,
    remedy: 'If something does not work, use an older one or a newer Waggle.',
  }
}
