import { randomUUID } from 'node:crypto'
import { OperationError } from '../../src/contract/failure'
import type { Clock } from '../../src/main/clock'
import { createLeases } from '../../src/main/desktop/lock/leases'
import type { Turns } from '../../src/main/desktop/lock/turns'
import type { HandlerDeps } from '../../src/main/doors/handlers'
import { Terminals } from '../../src/main/ways/terminal/terminals'
import { fakeSettings } from './fake-settings'
import { noPointing } from './no-pointing'
import { silentLog } from './silent-log'

/** What the handlers need besides queue and roster, at a desk where nothing happens and all is well. */
export function idleHandlerDeps(turns: Turns, clock: Clock) {
  return {
    screens: () => Promise.resolve([{ x: 0, y: 0, width: 1280, height: 800 }]),
    calibrate: () => Promise.resolve(undefined),
    pointing: noPointing,
    pngOf: () => Promise.resolve('data:image/png;base64,'),
    hover: () => Promise.reject(new OperationError('notFound', 'The pointer is over no window.')),
    look: () => Promise.resolve({ screens: [], windows: [], agents: [] }),
    picture: () =>
      Promise.resolve({ png: 'data:image/png;base64,', rect: { x: 0, y: 0, width: 1, height: 1 } }),
    stopDelivery: () => Promise.resolve(),
    settings: fakeSettings(),
    terminals: new Terminals(silentLog, clock),
    renamed: () => undefined,
    panes: () => Promise.resolve({ installed: false, panes: [] }),
    lookIntoPane: (pane) => Promise.resolve({ refusal: `tmux has no pane ${pane}` }),
    threadOf: ({ name }) => Promise.resolve({ refusal: `no Codex runs in a terminal of ${name}` }),
    leases: createLeases({ turns, giveBack: async () => {}, clock, log: silentLog, newId: randomUUID }),
    test: async () => ({ test: { ok: true, steps: [{ step: 'focus', ms: 12, ok: true }] } }),
    programIn: async () => undefined,
    guessProfile: (app) => (app === 'XTerm' ? 'terminal' : 'chat'),
    profiles: () => ['chat', 'terminal'],
    examine: () =>
      Promise.resolve({
        checks: [{ name: 'Display', ok: true, found: 'It answers.' }],
        desk: [{ what: 'Window manager', found: 'Openbox' }],
      }),
    permit: undefined,
    listed: async (agents) => agents.map((agent) => ({ ...agent, stands: 'ready', lookedAtBy: 'none' })),
    reading: async () => ({ offered: true, on: false, agents: [] }),
    chooseTree: () => Promise.resolve(),
    foreignHolder: () => turns.foreignHolder(),
    now: () => clock.now(),
    log: silentLog,
  } satisfies Partial<HandlerDeps>
}
