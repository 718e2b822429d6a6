import { homedir } from 'node:os'
import { join } from 'node:path'
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
import { createCommandWay } from '../../src/main/ways/command/command-way'
import { threadOf } from '../../src/main/ways/command/thread-of'
import { personEnvironment } from '../../src/main/ways/command/person-environment'
import { createTerminalWay } from '../../src/main/ways/terminal/terminal-way'
import { chooseAmong } from '../../src/main/ways/choose'
import { startCourier } from '../../src/main/queue/courier'
import { createTmux } from '../../src/main/ways/tmux/tmux'
import { listPanes } from '../../src/main/ways/tmux/panes'
import { createTmuxWay, lookIntoPane } from '../../src/main/ways/tmux/tmux-way'
import { Terminals } from '../../src/main/ways/terminal/terminals'
import { FakeRoster } from '../fakes/fake-roster'
import { idleHandlerDeps } from '../fakes/idle-handler-deps'
import { silentLog } from '../fakes/silent-log'

// Waggle with the ways that need no desktop, as a program of its own: the real pipe, queue, database and courier.
const [home = ''] = process.argv.slice(2)
const umask = prepareHome(home)
const store = openSqliteMessageStore({ path: join(home, 'waggle.db'), clock: systemClock })
const roster = new FakeRoster()
const queue = createQueue({ store, clock: systemClock, limit: 2000, inboxes: createInboxes(roster) })
const lock = { path: join(home, 'desktop'), retryMs: 5, retryFactor: 1.5, retryMaxMs: 50, timeoutMs: 30_000 }
const turns = createTurns({ lock: () => lock, clock: systemClock, log: silentLog })
const terminals = new Terminals(silentLog, systemClock)
const tmux = createTmux()
const dispatch = createHandlers({
  ...idleHandlerDeps(turns, systemClock),
  queue,
  roster,
  terminals,
  panes: () => listPanes(tmux, roster.list()),
  lookIntoPane: (pane) => lookIntoPane(tmux, pane),
  threadOf: (agent) => threadOf(agent, { terminals, desktop: { windows: async () => [] } }),
  stopDelivery: (agent) => courier.stopDelivery(agent),
  about: { version: '0.1.0', home, pid: process.pid },
})
const path = ownPipePath(home)
const endpoint = { path, pid: process.pid, version: '0.1.0', protocol: PROTOCOL, token: newToken() }
const door = await listenOnPipe({
  path,
  token: endpoint.token,
  requireHello: false,
  mostConnections: () => 100,
  dispatch,
  defaultSender: 'script',
  log: silentLog,
})
writeEndpoint(home, endpoint)
const all = [
  createTerminalWay({ terminals, clock: systemClock, pastes: store.pastes }),
  createTmuxWay({ tmux, clock: systemClock, pastes: store.pastes }),
  createCommandWay({ clock: systemClock, env: personEnvironment(process.env), umask, folder: homedir() }),
]
const ways = chooseAmong(all, store.pastes)
const courier = startCourier({
  queue,
  roster,
  turns,
  ways,
  giveBack: () => Promise.resolve(),
  clock: systemClock,
  log: silentLog,
  settings: () => ({ attempts: 5, retryMs: 500 }),
})
process.on('SIGTERM', () => {
  queue.close()
  const stopped = courier.stop()
  void Promise.all([door.close(), stopped]).then(() => {
    removeEndpoint(home, endpoint)
    store.close()
    process.exit(0)
  })
})
process.send?.('listening')
