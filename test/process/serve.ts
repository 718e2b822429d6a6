import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { createTurns } from '../../src/main/desktop/lock/turns'
import { listenOnPipe } from '../../src/main/doors/pipe-door'
import { createHandlers } from '../../src/main/doors/handlers'
import { newToken, prepareHome, removeEndpoint, writeEndpoint } from '../../src/main/home'
import { ownPipePath } from '../../src/main/serve-pipe'
import { systemClock } from '../../src/main/clock'
import { createQueue } from '../../src/main/queue/fair-queue'
import { createInboxes } from '../../src/main/queue/inboxes'
import { openSqliteMessageStore } from '../../src/main/queue/sqlite-message-store'
import { PROTOCOL } from '../../src/contract/endpoint'
import { defaultSettings } from '../../src/contract/settings'
import { FakeRoster } from '../fakes/fake-roster'
import { idleHandlerDeps } from '../fakes/idle-handler-deps'
import { silentLog } from '../fakes/silent-log'

// Waggle without a desktop, as a program of its own: the real pipe, handlers, queue and database. It takes its home
// folder and the names of its agents, and delivers only what a test tells it to, by SIGUSR2.
const [home = '', agents = ''] = process.argv.slice(2)
prepareHome(home)
const store = openSqliteMessageStore({ path: join(home, 'waggle.db'), clock: systemClock })
const roster = new FakeRoster(...agents.split(','))
const guards = () => defaultSettings.guards
const queue = createQueue({ store, clock: systemClock, limit: 2000, inboxes: createInboxes(roster), guards })
const lock = { path: join(home, 'desktop'), retryMs: 5, retryFactor: 1.5, retryMaxMs: 50, timeoutMs: 30_000 }
const turns = createTurns({ lock: () => lock, clock: systemClock, log: silentLog })
let chosen: boolean | undefined
const readings = [
  { name: 'Agent-1', lookedAtBy: 'copy', why: 'its program shows no tree', cure: 'Restart Cursor once.' },
] as const
const trouble = process.env['DOCTOR_FINDS']
const dispatch = createHandlers({
  ...idleHandlerDeps(turns, systemClock),
  queue,
  roster,
  ...(trouble !== undefined && {
    examine: () =>
      Promise.resolve({
        checks: [{ name: 'Screen', ok: false, found: trouble, remedy: 'Mend it.' }],
        desk: [],
      }),
  }),
  reading: () =>
    Promise.resolve({
      offered: true,
      on: chosen === true,
      ...(chosen !== undefined && { chosen }),
      agents: [...readings],
    }),
  chooseTree: async (on) => {
    chosen = on
  },
  about: { version: '0.1.0', home, pid: process.pid },
})
const path = ownPipePath(home)
const endpoint = { path, pid: process.pid, version: '0.1.0', protocol: PROTOCOL, token: newToken() }
const requireHello = process.env['REQUIRE_HELLO'] === '1'
const door = await listenOnPipe({
  path,
  token: endpoint.token,
  requireHello,
  dispatch,
  defaultSender: 'script',
  mostConnections: () => Number(process.env['MOST_CONNECTIONS'] ?? 5000),
  log: silentLog,
})
writeEndpoint(home, endpoint)

process.on('SIGUSR2', () => {
  try {
    deliver()
  } catch {
    // The disk did not take it.
  }
})

function deliver(): void {
  const next = queue.next(() => false)
  if (!next) return
  queue.begin(next.id)
  const timings = { waitMs: 10, deliveryMs: 84.4, steps: [] }
  if (next.to === 'Closed') {
    const failure = {
      code: 'window-missing',
      message: 'No window of this agent is open. Open it, then retry.',
    } as const
    queue.finish(next.id, { state: 'failed', failure }, timings)
  } else {
    queue.finish(next.id, { state: 'delivered', proof: 'read-back' }, timings)
  }
}
// How much memory is in use once the garbage is gone; only where Node was started so that it can be asked.
process.on('message', () => void tellMemory())

async function tellMemory(): Promise<void> {
  // What is freed lets go of more only in the next round.
  for (let round = 0; round < 4; round++) {
    globalThis.gc?.()
    await setImmediate()
  }
  const { heapUsed, external, rss } = process.memoryUsage()
  process.send?.({ used: heapUsed + external, rss })
}

process.on('SIGTERM', () => {
  queue.close()
  void door.close().then(() => {
    removeEndpoint(home, endpoint)
    store.close()
    process.exit(0)
  })
})
// Last of all: from now on the signals are heard.
process.send?.('listening')
