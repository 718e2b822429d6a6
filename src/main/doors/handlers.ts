import { EVENT_METHOD, type WaggleEvent } from '../../contract/events'
import { OperationError } from '../../contract/failure'
import { PROTOCOL } from '../../contract/endpoint'
import {
  isOperation,
  operations,
  type OperationName,
  type ParsedParams,
  type Result,
} from '../../contract/operations'
import type { Log } from '../log'
import type { Leases } from '../desktop/lock/leases'
import type { Queue } from '../queue/queue'
import type { Roster } from '../roster/roster'
import type { LiveSettings } from '../settings'
import { agentHandlers, requireAgent, type AgentDeps } from './agent-handlers'
import { desktopHandlers, type DesktopDeps } from './desktop-handlers'
import { checkParams } from './check-params'
import { closest } from './closest'
import { doctorHandlers, type DoctorHandlerDeps } from './doctor-handlers'
import { storageError } from '../disk-trouble'
import { exchangeHandlers } from './exchange-handlers'
import { given } from '../given'
import { leaseHandlers, type LeaseDeps } from './lease-handlers'
import { pointingHandlers, type PointingDeps } from './pointing-handlers'
import { newMessages } from './new-messages'
import { onboardingHandlers } from './onboarding-handlers'
import { presentStatus, subscribeToNews, type NewsDeps } from './news'
import { refuseMissing } from './refuse-missing'
import { shorten } from './shorten'
import { settingsHandlers, type SettingsDeps } from './settings-handlers'
import { terminalHandlers, type TerminalDeps } from './terminal-handlers'

/** Who asks: a connection or a window. */
export interface Caller {
  /** The sender's name where a message gives none. */
  readonly defaultSender: string
  /** Aborts when the connection or window is closed; the same for each of its requests. */
  readonly signal: AbortSignal
  notify(event: WaggleEvent): void
  /**
   * Calls back once the answer to this request is with the caller's system, or will never be there as a whole (false).
   * Left out where an answer always arrives.
   */
  afterAnswer?(ended: (isSent: boolean) => void): void
}

/**
 * Serves one operation: resolves with its result, rejects with `OperationError` (unknownMethod, invalidParams and what
 * the operation itself refuses) or, for a fault of ours, any other error.
 */
export type Dispatch = (method: string, params: unknown, caller: Caller) => Promise<unknown>

export interface HandlerDeps
  extends
    AgentDeps,
    SettingsDeps,
    DesktopDeps,
    PointingDeps,
    LeaseDeps,
    NewsDeps,
    DoctorHandlerDeps,
    TerminalDeps {
  readonly queue: Queue
  /** Stops the delivery under way to this agent, or to any; resolves once the desktop is let go. */
  stopDelivery(agent: string | undefined): Promise<void>
  readonly roster: Roster
  readonly settings: LiveSettings
  readonly leases: Leases
  readonly about: { readonly version: string; readonly home: string; readonly pid: number }
  /** Milliseconds since 1970. */
  now(): number
  readonly log: Log
}

type Handlers = {
  readonly [N in OperationName]: (params: ParsedParams<N>, caller: Caller) => Result<N> | Promise<Result<N>>
}

/** All operations behind one function; every door calls it. */
export function createHandlers(deps: HandlerDeps): Dispatch {
  const handlers: Handlers = {
    ...greeting(deps),
    ...messageHandlers(deps),
    ...exchangeHandlers(deps),
    ...queueHandlers(deps),
    ...agentHandlers(deps),
    ...onboardingHandlers(deps),
    ...settingsHandlers(deps),
    ...desktopHandlers(deps),
    ...leaseHandlers(deps),
    ...pointingHandlers(deps),
    ...doctorHandlers(deps),
    ...terminalHandlers(deps),
    ...eventHandlers(deps),
  }
  const run = async <N extends OperationName>(method: N, params: unknown, caller: Caller) =>
    handlers[method](checkParams(method, params), caller)

  return async (method, params, caller) => {
    if (isOperation(method)) return await run(method, params, caller).catch(sayWhatTheDiskSaid)
    const meant = closest(method, Object.keys(operations))
    const hint = meant === undefined ? 'docs/protocol.md lists them all.' : `Did you mean "${meant}"?`
    throw new OperationError('unknownMethod', `There is no operation "${shorten(method)}". ${hint}`, {
      ...(meant !== undefined && { closest: meant }),
    })
  }
}

function sayWhatTheDiskSaid(error: unknown): never {
  throw storageError(error) ?? error
}

function greeting({ about }: HandlerDeps) {
  return { hello: () => ({ name: 'Waggle', protocol: PROTOCOL, ...about }) } satisfies Partial<Handlers>
}

function messageHandlers(deps: HandlerDeps) {
  const { queue } = deps
  return {
    'message.send': async (params, caller) => {
      const batch = newMessages('message.send', params, {
        sender: caller.defaultSender,
        roster: deps.roster,
        now: deps.now,
      })
      return { messages: await queue.send(batch) }
    },
    'message.get': ({ id }) => queue.get(id) ?? refuseMissing(id),
    'message.list': ({ order, ...filter }) =>
      order === 'delivery' ? queue.line(given(filter)) : queue.list(given(filter)),
    'message.cancel': ({ id }) => queue.cancel(id),
    'message.prioritize': ({ id, priority }) => queue.prioritize(id, priority),
    'message.retry': ({ id }) => queue.retry(id),
    'message.resolve': ({ id, as }) => queue.resolve(id, as),
    'stats.get': ({ since }) => queue.stats(since === undefined ? undefined : new Date(since).toISOString()),
    'stats.history': ({ since, until, ...rest }) =>
      queue.history(given({ since: Date.parse(since), until: Date.parse(until), ...rest })),
  } satisfies Partial<Handlers>
}

function queueHandlers(deps: HandlerDeps) {
  const { queue, roster } = deps
  const status = () => presentStatus(deps)
  const known = (agent: string | undefined) => {
    // An agent that was removed may still have messages waiting, and those may be let go.
    const { perAgent, held = [] } = queue.status()
    // What is held may be a script's.
    const isKnown = (name: string) =>
      Object.hasOwn(perAgent, name) || held.some(({ from, to }) => from === name || to === name)
    if (agent !== undefined && !isKnown(agent)) requireAgent(roster, agent)
    return agent
  }
  return {
    'queue.status': status,
    'queue.pause': async ({ agent, now }) => {
      queue.pause(known(agent))
      if (now) await deps.stopDelivery(agent)
      return status()
    },
    'queue.resume': ({ agent }) => {
      queue.resume(known(agent))
      return status()
    },
  } satisfies Partial<Handlers>
}

function eventHandlers(deps: HandlerDeps) {
  const subscribed = new WeakSet<AbortSignal>()
  return {
    'events.subscribe': (_params, caller) => {
      // Asked twice on one connection, every event would come twice.
      if (subscribed.has(caller.signal)) return {}
      subscribed.add(caller.signal)
      const stop = subscribeToNews(deps, (event) => caller.notify(event))
      caller.signal.addEventListener('abort', stop, { once: true })
      if (caller.signal.aborted) stop()
      else caller.notify({ type: 'queue', status: presentStatus(deps) })
      deps.log.debug(`a client follows the notifications "${EVENT_METHOD}"`)
      return {}
    },
  } satisfies Partial<Handlers>
}
