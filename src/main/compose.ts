import type { Agent } from '../contract/agent'
import { randomUUID } from 'node:crypto'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WaggleEvent } from '../contract/events'
import { builtInProfiles } from '../contract/settings'
import type { QueueStatus } from '../contract/operations'
import { systemClock } from './clock'
import { createCommandWay } from './ways/command/command-way'
import { threadOf } from './ways/command/thread-of'
import { personEnvironment } from './ways/command/person-environment'
import { Terminals } from './ways/terminal/terminals'
import { listPanes } from './ways/tmux/panes'
import { createTmux } from './ways/tmux/tmux'
import { createTmuxWay, lookIntoPane } from './ways/tmux/tmux-way'
import { createTerminalWay } from './ways/terminal/terminal-way'
import { createAgentTests } from './ways/window/agent-tests'
import { calibrate, programOf } from './ways/window/locate'
import { look } from './ways/window/look'
import { createPointing, hover, type PointingStage } from './ways/window/pointing'
import { guessProfile } from './ways/window/profile'
import type { Desktop, Picture, Rect } from './desktop/desktop'
import { foreignLock, lockHolder, type LockSettings } from './desktop/lock/desktop-lock'
import { guardDesktop } from './desktop/guarded-desktop'
import { defaultLockPath } from './desktop/lock/lock-path'
import { createLeases } from './desktop/lock/leases'
import { pngUrl, takePicture } from './desktop/screen-picture'
import { createTurns, type Turns } from './desktop/lock/turns'
import { createHandlers, type Dispatch } from './doors/handlers'
import type { TerminalDeps } from './doors/terminal-handlers'
import { presentStatus, subscribeToNews } from './doors/news'
import { examine, type DoctorDeps } from './doctor/doctor'
import type { System } from './doctor/system'
import type { Log } from './log'
import { startCourier, type Courier } from './queue/courier'
import { createQueue } from './queue/fair-queue'
import { createInboxes } from './queue/inboxes'
import type { Pastes } from './queue/pastes'
import type { Queue } from './queue/queue'
import { openMessages } from './queue/open-messages'
import { startRetention } from './queue/retention'
import { ownSurroundings, userFolder } from './private-folder'
import { withLastGood } from './roster/last-good'
import { openSettings } from './roster/open-settings'
import type { Roster } from './roster/roster'
import type { SettingsFile } from './roster/settings-file'
import { createLiveSettings } from './roster/live-settings'
import { SettingsRoster } from './roster/settings-roster'
import { openReading, type Reading } from './reading'
import { ownPipePath, servePipe } from './serve-pipe'
import type { LiveSettings } from './settings'
import type { Tree } from './looking/look'
import { chooseAmong } from './ways/choose'
import type { Way } from './ways/way'
import { createWindowWay } from './ways/window/window-way'

interface ComposeDeps {
  readonly home: string
  /** What the person lets others do with files; undefined where there is no such thing. */
  readonly umask: number | undefined
  readonly version: string
  readonly log: Log
  readonly settingsFile: SettingsFile
  readonly desktop: Desktop
  readonly tree: Tree
  /** Whether this system has accessibility trees that Waggle can look at. */
  readonly hasTree: boolean
  /** Says something to the person at the desk. */
  readonly say: (title: string, sentence: string) => void
  readonly stage: PointingStage
  readonly system: System
}

/** The running app without its face: what the window, the tray and the pipe all speak to. */
export interface Waggle {
  readonly dispatch: Dispatch
  readonly queue: Queue
  readonly roster: Roster
  readonly settings: LiveSettings
  status(): QueueStatus
  subscribe(listener: (event: WaggleEvent) => void): () => void
  /** Ends a running delivery safely, closes the pipe and the database. */
  close(): Promise<void>
}

/** Builds every part and hands it to those that use it; nothing else in the app constructs an adapter. */
export async function compose(deps: ComposeDeps): Promise<Waggle> {
  const { home, version, log, system } = deps
  const clock = systemClock
  const desktop = guardDesktop(deps.desktop, { ...system, log })
  const path = ownPipePath(home)
  const { settings, roster, store, queue, closeBooks } = openBooks(deps)
  const lock = lockSettingsOf(settings)
  const turns = createTurns({ lock, clock, log })
  const beside = besideDesktop(store.pastes, roster, deps)
  const known = { desktop, settings, roster, queue }
  const reading = openReading({
    ...deps,
    ...known,
    ways: beside.ways,
    terminalTrouble: (agent) => deliveries.terminalTrouble(agent),
    secondServes: (agent, code) => ways.secondServes(agent, code),
  })
  const current = () => settings.current()
  const { tree } = reading
  const deliveries = createWindowWay({ ...deps, tree, desktop, clock, settings: current, store })
  const ways = chooseAmong([deliveries.way, ...beside.ways], store.pastes)
  const leases = createLeases({ turns, giveBack: deliveries.giveBack, clock, log, newId: randomUUID })
  const news = { queue, roster, settings, leases, foreignHolder: () => turns.foreignHolder() }
  const doors = { ...beside.doors, ...reading.doors, ...lookingAt({ ...deps, desktop }, turns, roster) }
  const dispatch = createHandlers({
    ...news,
    ...doors,
    log,
    examine: doctorOf({ ...system, ...doors, ...known, version, home, path, lock }),
    stopDelivery: async (agent) => void (await Promise.all([courier.stopDelivery(agent), tests.stop(agent)])),
    test: async (agent, signal) => tests.test(agent, signal),
    profiles: () => [...builtInProfiles, ...Object.keys(settings.current().profiles)],
    ...present({ version, home }),
  })
  const tests = agentTests(turns, deliveries, beside.ways, (agent) => courier.settled(agent))
  const common = { ...known, turns, clock, log, ways, giveBack: deliveries.giveBack }
  const pace = () => ({ ...current().delivery, giveUpMs: current().presence.giveUpMs })
  const courier = startCourier({ ...common, settings: pace })
  const closePipe = await servePipe({ home, path, version, dispatch, log, settings })
  return {
    dispatch,
    queue,
    roster,
    settings,
    status: () => presentStatus(news),
    subscribe: (listener) => subscribeToNews(news, listener),
    close: async () => closeAll({ ...deps, desktop, queue, leases, courier, closePipe, closeBooks }),
  }
}

interface Open extends Pick<ComposeDeps, 'desktop' | 'tree'> {
  readonly queue: Queue
  readonly leases: { close(): void }
  readonly courier: Courier
  closePipe(): Promise<void>
  closeBooks(): void
}

async function closeAll({
  queue,
  leases,
  courier,
  closePipe,
  closeBooks,
  desktop,
  tree,
}: Open): Promise<void> {
  // Everyone who waits is told before the pipe closes; a delivery under way still ends in the queue.
  queue.close()
  leases.close()
  const stopped = courier.stop()
  await closePipe()
  await stopped
  closeBooks()
  desktop.close()
  tree.close()
}

/** What is kept in the home: settings, agents and messages. */
function openBooks({ home, log, say, settingsFile }: ComposeDeps) {
  const clock = systemClock
  const file = withLastGood(settingsFile, home, log)
  const path = join(home, 'waggle.db')
  const opened = openSettings(home, { file, log, say, now: () => clock.now() })
  const settings = createLiveSettings({ file, opened, log })
  const roster = new SettingsRoster({ file, agents: opened.agents, log })
  const store = openMessages({ path, clock, log, say })
  const queue = createQueue({
    store,
    clock,
    log,
    inboxes: createInboxes(roster),
    guards: () => settings.current().guards,
    get limit() {
      return settings.current().queue.limit
    },
  })
  const keepDays = () => settings.current().history.keepDays
  const stopRetention = startRetention({ path, clock, log, keepDays })
  const closeBooks = () => {
    stopRetention()
    store.close()
  }
  return { settings, roster, store, queue, closeBooks }
}

/** Tests of agents; a delivery that has let the desktop go may still look into an input, so it is waited for first. */
function agentTests(
  turns: Turns,
  deliveries: ReturnType<typeof createWindowWay>,
  others: readonly Way[],
  settled: (agent: string) => Promise<void>,
) {
  const other = ({ way }: Agent) => others.find(({ name }) => name === way)
  return createAgentTests({
    turns,
    clock: systemClock,
    ...deliveries,
    ready: async (agent, priority) => (other(agent) ?? deliveries).ready(agent, priority),
    says: (agent) => (other(agent) ?? deliveries.way).says?.(agent),
    tryOut: async (agent, turn, signal) => {
      await settled(agent.name)
      return deliveries.tryOut(agent, turn, signal)
    },
  })
}

/** Who answers, and what time it is. */
function present(about: { readonly version: string; readonly home: string }) {
  return { about: { ...about, pid: process.pid }, now: () => systemClock.now() }
}

/** The ways that do not take the desktop, and what the doors need of them. */
function besideDesktop(pastes: Pastes, roster: Roster, { log, umask, desktop }: ComposeDeps) {
  const terminals = new Terminals(log, systemClock)
  const tmux = createTmux()
  const deps = { clock: systemClock, pastes }
  const env = personEnvironment(process.env)
  return {
    ways: [
      createTerminalWay({ ...deps, terminals }),
      createTmuxWay({ ...deps, tmux }),
      createCommandWay({ clock: systemClock, env, umask, folder: homedir() }),
    ],
    doors: {
      terminals,
      panes: () => listPanes(tmux, roster.list()),
      lookIntoPane: (pane: string) => lookIntoPane(tmux, pane),
      renamed: (name: string, to: string) => terminals.rename(name, to),
      threadOf: (agent: Agent) => threadOf(agent, { terminals, desktop }),
    },
  }
}

/** What the doors may know of the desktop: all of it only looks. */
function lookingAt({ desktop, stage, system }: ComposeDeps, turns: Turns, roster: Roster) {
  const agents = () => roster.list()
  return {
    guessProfile,
    permit: system.permit,
    pngOf: async (picture: Picture) => pngUrl(picture),
    pointing: createPointing({ desktop, turns, stage, clock: systemClock, agents }),
    screens: () => desktop.screens(),
    look: () => look(desktop, agents()),
    hover: () => hover(desktop, agents()),
    picture: (rect: Rect | undefined, maxWidth: number) => takePicture(desktop, rect, maxWidth),
    calibrate: (at: readonly [number, number], window?: string) =>
      calibrate(desktop, at, window, new Date(systemClock.now())),
    programIn: (windowId: string) => programOf(desktop, windowId),
  }
}

type Patient = System &
  Pick<Reading['doors'], 'reading' | 'ready'> &
  Pick<TerminalDeps, 'panes'> &
  Pick<Waggle, 'roster' | 'settings' | 'queue'> &
  Pick<DoctorDeps, 'look' | 'version'> & {
    readonly home: string
    readonly path: string
    readonly desktop: Desktop
    readonly lock: () => LockSettings
  }

/** The examination of this Waggle: the doctor knows nobody, so everything is handed to it. */
function doctorOf({ roster, queue, path, lock, ...patient }: Patient) {
  return () =>
    examine({
      ...patient,
      agents: () => roster.list(),
      isPaused: () => queue.status().paused,
      now: () => systemClock.now(),
      lockPath: () => lock().path,
      lockHolder: () => lockHolder(lock().path),
      foreignLock: () => foreignLock(lock().path),
      pipe: () => path,
    })
}

/** The lock's settings at each moment. Throws a sentence when no place for it is safe. */
function lockSettingsOf(settings: LiveSettings): () => LockSettings {
  const { platform, env } = process
  const own =
    env['WAGGLE_LOCK'] ?? defaultLockPath({ platform, env, folder: userFolder(ownSurroundings(tmpdir())) })
  return () => {
    const { lock } = settings.current()
    return { ...lock, path: env['WAGGLE_LOCK'] ?? lock.path ?? own }
  }
}
