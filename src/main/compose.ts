import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Agent } from '../contract/agent'
import type { WaggleEvent } from '../contract/events'
import type { Failure } from '../contract/failure'
import { PROTOCOL } from '../contract/endpoint'
import type { QueueStatus } from '../contract/operations'
import { systemClock } from './clock'
import { createBelongings } from './delivery/belongings'
import { createClickPoints } from './delivery/click-points'
import { deliver } from './delivery/deliver'
import { calibrate, isFailure, locate } from './delivery/locate'
import { createProfiles } from './delivery/profile'
import type { Desktop } from './desktop/desktop'
import type { LockSettings } from './desktop/desktop-lock'
import { defaultLockPath } from './desktop/lock-path'
import { createTurns, type Turns } from './desktop/turns'
import { createHandlers, type Dispatch } from './doors/handlers'
import { listenOnPipe } from './doors/pipe-door'
import { newToken, pipePath, removeEndpoint, writeEndpoint } from './home'
import type { Log } from './log'
import { startCourier } from './queue/courier'
import { createQueue } from './queue/fair-queue'
import type { Queue } from './queue/queue'
import { openSqliteMessageStore } from './queue/sqlite-message-store'
import { openSettings } from './roster/open-settings'
import type { Roster } from './roster/roster'
import type { SettingsFile } from './roster/settings-file'
import { SettingsRoster } from './roster/settings-roster'
import type { Settings } from './settings'

interface ComposeDeps {
  readonly home: string
  readonly version: string
  readonly log: Log
  readonly settingsFile: SettingsFile
  readonly desktop: Desktop
}

/** The running app without its face: what the window, the tray and the pipe all speak to. */
export interface Waggle {
  readonly dispatch: Dispatch
  readonly queue: Queue
  readonly roster: Roster
  status(): QueueStatus
  subscribe(listener: (event: WaggleEvent) => void): () => void
  /** Ends a running delivery safely, closes the pipe and the database. */
  close(): Promise<void>
}

/** Builds every part and hands it to those that use it; nothing else in the app constructs an adapter. */
export async function compose({ home, version, log, settingsFile, desktop }: ComposeDeps): Promise<Waggle> {
  const clock = systemClock
  const settings = openSettings(home, { file: settingsFile, log, now: () => clock.now() })
  const roster = new SettingsRoster({ file: settingsFile, agents: settings.agents, log })
  const store = openSqliteMessageStore({ path: join(home, 'waggle.db'), clock })
  const queue = createQueue({ store, clock, limit: settings.queue.limit, log })
  const turns = createTurns({ lock: () => lockSettings(settings), clock, log })
  const profiles = createProfiles(process.platform)
  const clickPoint = createClickPoints(clock)
  const belongings = createBelongings(desktop, clock, log)
  const dispatch = createHandlers({
    queue,
    roster,
    log,
    screens: () => desktop.screens(),
    calibrate: (at, window) => calibrate(desktop, at, window, new Date(clock.now())),
    stopDelivery: (agent) => courier.stopDelivery(agent),
    foreignHolder: () => turns.foreignHolder(),
    profiles: Object.keys(profiles),
    about: { version, home, pid: process.pid },
    now: () => clock.now(),
  })
  const courier = startCourier({
    queue,
    roster,
    turns,
    clock,
    log,
    settings: settings.delivery,
    deliver: (order) =>
      deliver(order, { desktop, clock, log, belongings, clickPoint, profileOf: () => profiles.chat }),
    giveBack: () => belongings.giveBack(),
    ready: (agent) => failureToFind(agent, desktop),
  })
  const closePipe = await openPipe({ home, version, dispatch, log })
  return {
    dispatch,
    queue,
    roster,
    status: () => withHolder(queue.status(), turns),
    subscribe: (listener) => subscribeToBoth(queue, roster, listener),
    async close() {
      await closePipe()
      await courier.stop()
      queue.close()
      store.close()
      desktop.close()
    },
  }
}

async function failureToFind(agent: Agent, desktop: Desktop): Promise<Failure | undefined> {
  const found = await locate(agent, desktop)
  return isFailure(found) ? found : undefined
}

function lockSettings({ lock }: Settings): LockSettings {
  const { platform, env } = process
  const fallback = defaultLockPath({ platform, env, tempFolder: tmpdir(), uid: process.getuid?.() })
  return { ...lock, path: env['WAGGLE_LOCK'] ?? lock.path ?? fallback }
}

function withHolder(status: QueueStatus, turns: Turns): QueueStatus {
  const holder = turns.foreignHolder()
  return holder ? { ...status, holder } : status
}

function subscribeToBoth(queue: Queue, roster: Roster, listener: (event: WaggleEvent) => void): () => void {
  const stops = [
    queue.subscribe(listener),
    roster.onChange((agents) => listener({ type: 'agent', agents: [...agents] })),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

const randomWord = () => randomBytes(16).toString('hex')

type PipeDeps = Pick<ComposeDeps, 'home' | 'version' | 'log'> & { readonly dispatch: Dispatch }

/** Opens the pipe and tells scripts where it is; returns the way to close both. */
async function openPipe({ home, version, dispatch, log }: PipeDeps): Promise<() => Promise<void>> {
  const token = newToken()
  const path = pipePath(home, {
    platform: process.platform,
    tempFolder: tmpdir(),
    uid: process.getuid?.(),
    random: randomWord,
  })
  // Node's pipes on Windows let every user read; elsewhere the socket's mode keeps others out.
  const requireHello = process.platform === 'win32'
  const door = await listenOnPipe({ path, token, requireHello, dispatch, defaultSender: 'script', log })
  const endpoint = { path, pid: process.pid, version, protocol: PROTOCOL, token }
  writeEndpoint(home, endpoint)
  return async () => {
    removeEndpoint(home, endpoint)
    await door.close()
  }
}
