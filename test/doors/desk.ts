import type { Calibration } from '../../src/contract/agent'
import type { WaggleEvent } from '../../src/contract/events'
import { OperationError } from '../../src/contract/failure'
import {
  isOperation,
  operations,
  type Holder,
  type OperationName,
  type Params,
  type Result,
} from '../../src/contract/operations'
import { createHandlers, type Caller, type Dispatch, type HandlerDeps } from '../../src/main/doors/handlers'
import { createQueue } from '../../src/main/queue/fair-queue'
import { createInboxes } from '../../src/main/queue/inboxes'
import type { Queue } from '../../src/main/queue/queue'
import { openSqliteMessageStore } from '../../src/main/queue/sqlite-message-store'
import { FakeClock } from '../fakes/fake-clock'
import { FakeRoster } from '../fakes/fake-roster'
import { FakeTurns } from '../fakes/fake-turns'
import { idleHandlerDeps } from '../fakes/idle-handler-deps'

export const NOW = Date.UTC(2026, 0, 1)
export const UNKNOWN_ID = '0198c1de-5b2f-7d3a-9a53-3f1f0d9c2b11'

/** The handlers over a real queue in memory; results are held to the contract. */
export interface Desk {
  readonly dispatch: Dispatch
  readonly queue: Queue
  readonly roster: FakeRoster
  readonly clock: FakeClock
  readonly calibrated: { at: readonly [number, number]; window: string | undefined }[]
  holder: Holder | undefined
  call<N extends OperationName>(method: N, params: Params<N>, caller?: Caller): Promise<Result<N>>
  /** The queue as it is after a restart. */
  reopen(): Queue
  /** The error that a call is refused with. */
  refused(method: string, params: unknown, caller?: Caller): Promise<OperationError>
}

export function openDesk({
  roster = new FakeRoster('Agent-1', 'Agent-2', 'Agent-3'),
  ...over
}: Partial<HandlerDeps> & { roster?: FakeRoster } = {}): Desk {
  const clock = new FakeClock(NOW)
  const store = openSqliteMessageStore({ path: ':memory:', clock })
  const queue = createQueue({ store, clock, limit: 50, inboxes: createInboxes(roster) })
  const calibrated: Desk['calibrated'] = []
  const deps: HandlerDeps = {
    queue,
    roster,
    ...idleHandlerDeps(new FakeTurns(), clock),
    calibrate: (at, window) => {
      calibrated.push({ at, window })
      return Promise.resolve(calibrationAt(at))
    },
    foreignHolder: () => desk.holder,
    about: { version: '0.1.0', home: '/home/someone/.config/Waggle', pid: 42 },
    ...over,
  }
  const dispatch = createHandlers(deps)
  const desk: Desk = {
    dispatch: async (method, params, caller) => {
      const result = await dispatch(method, params, caller)
      if (isOperation(method)) operations[method].result.parse(result)
      return result
    },
    queue,
    roster,
    clock,
    calibrated,
    holder: undefined,
    call: async <N extends OperationName>(method: N, params: Params<N>, caller = client()) =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the contract a line above
      (await desk.dispatch(method, params, caller)) as Result<N>,
    reopen: () => createQueue({ store, clock, limit: 50, inboxes: createInboxes(roster) }),
    refused: async (method, params, caller = client()) => {
      const error: unknown = await dispatch(method, params, caller).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (error instanceof OperationError) return error
      throw new Error(`${method} was not refused`, { cause: error })
    },
  }
  return desk
}

export function calibrationAt([x, y]: readonly [number, number]): Calibration {
  const rect = { x: x - 10, y: y - 10, width: 300, height: 200 }
  return { at: new Date(NOW).toISOString(), windowId: '7', title: 'A window', app: 'chat', rect }
}

export interface TestCaller extends Caller {
  readonly events: WaggleEvent[]
  leave(): void
}

export function client(defaultSender = 'script'): TestCaller {
  const gone = new AbortController()
  const events: WaggleEvent[] = []
  return {
    defaultSender,
    signal: gone.signal,
    notify: (event) => void events.push(event),
    events,
    leave: () => gone.abort(new Error('gone')),
  }
}
