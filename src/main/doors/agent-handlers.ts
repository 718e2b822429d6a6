import { isDeepStrictEqual } from 'node:util'
import type { Agent, Calibration, ListedAgent } from '../../contract/agent'
import type { AgentChange } from '../../contract/agent-import'
import { THREAD_PLACE } from '../../contract/command'
import { OperationError } from '../../contract/failure'
import type { ParsedParams, Result } from '../../contract/operations'
import { contains, type Rect } from '../../contract/rects'
import { titlePattern } from '../../contract/title-pattern'
import type { Queue } from '../queue/queue'
import { compareAgents, coordinateForm, importAgents } from '../roster/import-agents'
import { newAgent } from '../roster/new-agent'
import type { Roster } from '../roster/roster'
import type { SetPane } from '../ways/tmux/tmux-way'
import type { TriedOut } from '../ways/window/try-out'
import { badParams } from './check-params'
import { closest } from './closest'
import type { Caller } from './handlers'
import { given } from '../given'

export interface AgentDeps {
  readonly roster: Roster
  readonly queue: Pick<Queue, 'rename'>
  /** The screens, in physical pixels; may reject when there is no desktop. */
  screens(): Promise<readonly Rect[]>
  /** Looks at the window under the point (or the one with that title): what the point is relative to from now on. */
  calibrate(at: readonly [number, number], window?: string): Promise<Calibration | undefined>
  /** The profile that most probably fits a window of this program. */
  guessProfile(app: string): string
  /** Which program runs in that pane of tmux, or why it can be no agent's. */
  lookIntoPane(pane: string): Promise<SetPane | { readonly refusal: string }>
  /** The thread of the Codex that runs in the agent's terminal, or why it is not known. */
  threadOf(agent: Agent): Promise<string | { readonly refusal: string }>
  /** An agent has another name now: what belongs to it elsewhere follows. */
  renamed(name: string, to: string): void
  /** Everything of a delivery but the submit key. */
  test(agent: Agent, signal: AbortSignal): Promise<TriedOut>
  /** The agents with how they stand and by what they are looked at; looks, touches nothing, and does not keep anyone waiting. */
  listed(agents: readonly Agent[]): Promise<ListedAgent[]>
  /** The names of the profiles there are. */
  profiles(): readonly string[]
}

type AgentOperation =
  | 'agent.list'
  | 'agent.rename'
  | 'agent.set'
  | 'agent.test'
  | 'agent.remove'
  | 'agent.import'
  | 'agent.export'

/** The operations on the roster. */
export function agentHandlers(deps: AgentDeps) {
  const { roster } = deps
  const all = () => ({ agents: [...roster.list()] })
  const listed = async () => ({ agents: await deps.listed(roster.list()) })
  return {
    'agent.list': async () => ({ ...(await listed()), profiles: [...deps.profiles()] }),
    'agent.export': all,
    'agent.set': async (params) => {
      await setAgent(deps, params)
      return listed()
    },
    'agent.test': async ({ name }, { signal }) => {
      const agent = requireAgent(roster, name)
      const { test, learnt } = await deps.test(agent, signal)
      // What was learnt is of the agent as it was tested.
      if (learnt && roster.get(name) === agent) roster.put({ ...agent, learnt })
      return test
    },
    'agent.rename': ({ name, to }) => {
      renameAgent(deps, name, to)
      return listed()
    },
    'agent.remove': ({ name }) => {
      requireAgent(roster, name)
      roster.remove(name)
      return listed()
    },
    'agent.import': (params) => ({ ...importOrUndo(deps, params), ...all() }),
  } satisfies {
    [N in AgentOperation]: (params: ParsedParams<N>, caller: Caller) => Result<N> | Promise<Result<N>>
  }
}

/** The agent of that name. Throws `OperationError` unknownAgent with the known names and the closest one. */
export function requireAgent(roster: Roster, name: string): Agent {
  return roster.get(name) ?? refuseUnknown(roster, name)
}

function refuseUnknown(roster: Roster, name: string): never {
  const known = roster.list().map((agent) => agent.name)
  const meant = closest(name, known)
  const hint =
    meant !== undefined
      ? `Did you mean "${meant}"?`
      : known.length > 0
        ? `Known agents: ${known.join(', ')}.`
        : 'No agent is set up yet: add one with agent.set or in the app.'
  throw new OperationError('unknownAgent', `There is no agent "${name}". ${hint}`, {
    known,
    ...(meant !== undefined && { closest: meant }),
  })
}

function importOrUndo(
  { roster, profiles }: AgentDeps,
  { content, preview, leaveOutBroken, remember }: ParsedParams<'agent.import'>,
): Omit<Result<'agent.import'>, 'agents'> {
  if (content === undefined) return undoImport(roster, preview)
  const known = { existing: (name: string) => roster.get(name), profiles: profiles() }
  const changes = compareAgents(content, known)
  if (!preview) {
    const agents = importAgents(content, known, leaveOutBroken)
    const others = agents.filter((agent) => !isDeepStrictEqual(agent, roster.get(agent.name)))
    // What changes nothing leaves the import before it to be undone.
    if (remember && others.length > 0) roster.import(others)
    else roster.put(...others)
  }
  return { changes, form: coordinateForm(content) }
}

function undoImport(roster: Roster, preview: boolean): Omit<Result<'agent.import'>, 'agents'> {
  const before = roster.beforeImport()
  if (!before) {
    const sentence = 'There is no import to undo: none has changed an agent, or it is undone already.'
    throw new OperationError('notFound', sentence)
  }
  const changes = [...before].map(([name, was]) => restored(name, roster.get(name), was))
  if (!preview) roster.undoImport()
  return { changes, form: 'the agents as they were before the last import' }
}

function restored(name: string, now: Agent | undefined, was: Agent | undefined): AgentChange {
  const sides = given({ before: now, after: was })
  if (isDeepStrictEqual(now, was)) return { name, change: 'same', ...sides }
  return { name, change: !was ? 'removed' : now ? 'changed' : 'new', ...sides }
}

function renameAgent({ roster, queue, renamed }: AgentDeps, name: string, to: string): void {
  requireAgent(roster, name)
  if (name === to) return
  if (roster.get(to)) {
    throw badParams('agent.rename', [{ path: ['to'], message: `there is an agent "${to}" already` }])
  }
  queue.rename(name, to)
  try {
    roster.rename(name, to)
  } catch (error) {
    queue.rename(to, name)
    throw error
  }
  renamed(name, to)
}

async function setAgent(deps: AgentDeps, params: ParsedParams<'agent.set'>): Promise<void> {
  const { roster } = deps
  const profiles = deps.profiles()
  if (params.profile !== undefined && !profiles.includes(params.profile)) {
    const message = `there is no profile "${params.profile}"; known are ${profiles.join(', ')}`
    throw badParams('agent.set', [{ path: ['profile'], message }])
  }
  if (params.at) await refuseOffScreen(deps, params.at)
  const pane = params.tmux === undefined ? undefined : await lookInto(deps, params.tmux)
  const before = roster.get(params.name)
  const at = params.at ?? before?.at
  const window = params.window === undefined ? before?.window : (params.window ?? undefined)
  const moved = params.at !== undefined || (window !== before?.window && !fits(window, before))
  const calibration = at && moved ? await deps.calibrate(at, window) : undefined
  const place = { ...(before ?? newAgent(params.name)), ...pane, ...given({ calibration }) }
  const command = params.command && (await withThread(deps, params.command, place))
  // Looked up again: another call may have changed the agent while the desktop was looked at.
  const known = roster.get(params.name)
  const { calibration: kept, learnt, ...now } = known ?? newAgent(params.name)
  const way = params.way ?? impliedWay(params, known)
  const isSameInput = !moved && (params.profile ?? now.profile) === now.profile
  // One that nobody chose follows the window: it is what was guessed, or what an agent without a window begins with.
  const unchosen = kept ? deps.guessProfile(kept.app) : newAgent('').profile
  const guess = (!known || now.profile === unchosen) && calibration && deps.guessProfile(calibration.app)
  const {
    window: _,
    words,
    second,
    ...changed
  } = {
    ...now,
    ...(guess && { profile: guess }),
    ...given(params),
    ...pane,
    ...given({ way, command }),
  }
  refuseSameTwice(changed.way, second ?? undefined)
  roster.put({
    ...changed,
    ...(second && { second }),
    ...(window !== undefined && { window }),
    ...(typeof words === 'string' && { words }),
    ...(moved ? calibration && { calibration } : kept && { calibration: kept }),
    ...(isSameInput && learnt && { learnt }),
  })
}

/** What a target says of how messages are to reach it. */
function impliedWay(
  { tmux, command, at, ...params }: ParsedParams<'agent.set'>,
  known: Agent | undefined,
): Agent['way'] {
  const second = params.second ?? known?.second
  if (tmux !== undefined && second !== 'tmux') return 'tmux'
  if (command !== undefined && second !== 'command') return 'command'
  return at && known?.way && second !== 'window' ? 'window' : undefined
}

function refuseSameTwice(way: Agent['way'] = 'window', second: Agent['second']): void {
  if (way !== second && second !== 'inbox' && (second === undefined || way !== 'inbox')) return
  // Whoever takes its messages itself has all of them there, or none.
  const message =
    way === second
      ? `"${second}" is its first way; a second one is another`
      : 'an inbox is an agent’s only way: nothing is offered to it or taken from it now and then'
  throw badParams('agent.set', [{ path: ['second'], message }])
}

/** The command with the thread in its place, if it asks for that: its agent's Codex is looked for once, now. */
async function withThread(
  { threadOf }: AgentDeps,
  command: readonly string[],
  agent: Agent,
): Promise<string[]> {
  if (!command.some((word) => word.includes(THREAD_PLACE))) return [...command]
  const thread = await threadOf(agent)
  if (typeof thread === 'string') return command.map((word) => word.replaceAll(THREAD_PLACE, thread))
  throw badParams('agent.set', [{ path: ['command'], message: thread.refusal }])
}

async function lookInto(deps: AgentDeps, pane: string): Promise<SetPane> {
  const found = await deps.lookIntoPane(pane)
  if (!('refusal' in found)) return found
  throw badParams('agent.set', [{ path: ['tmux'], message: found.refusal }])
}

/** True when the agent's known window has such a title: then it stays, wherever it has been moved to meanwhile. */
function fits(window: string | undefined, agent: Agent | undefined): boolean {
  const title = agent?.calibration?.title
  return title !== undefined && (window === undefined || titlePattern(window).test(title))
}

async function refuseOffScreen(deps: AgentDeps, [x, y]: readonly [number, number]): Promise<void> {
  const screens = await deps.screens()
  if (screens.length === 0) {
    throw new OperationError(
      'desktopUnavailable',
      'The screens cannot be seen right now, so the point cannot be checked. Try again once someone is logged in at the desktop.',
    )
  }
  if (screens.some((screen) => contains(screen, { x, y }))) return
  const sizes = screens.map(({ x, y, width, height }) => `${width}x${height} at ${x},${y}`).join('; ')
  const message = `${x},${y} is outside every screen (${sizes})`
  throw badParams('agent.set', [{ path: ['at'], message }])
}
