import { onTestFinished } from 'vitest'
import type { Endpoint } from '../../src/contract/endpoint'
import type { Params } from '../../src/contract/operations'
import { startAgents, type Agents, type AgentSpec } from './agents'
import type { AppOptions, LaunchedApp, RunningApp } from './app'
import { temporaryHome } from './home'
import { openPipeClient, type PipeClient } from './pipe-client'

type AnyApp = RunningApp | LaunchedApp

/** Waggle in a home of its own, and a client of its pipe. */
export interface Desk<App extends AnyApp> {
  readonly home: string
  readonly waggle: App
  readonly pipe: PipeClient
}

/** The same beside the windows of agents. */
export interface AgentsDesk<App extends AnyApp> extends Desk<App> {
  readonly agents: Agents
}

/** `home` is a new one unless it is given. */
type DeskOptions = Partial<AppOptions>
type Start<App> = (options: AppOptions) => Promise<App>

/**
 * Ends, once the test is over, what starts here; what started last ends first. The end waits for the start, so nothing
 * is left running when another start-up fails or the test's time is up meanwhile.
 */
export async function forThisTest<T>(starting: Promise<T>, end: (started: T) => unknown): Promise<T> {
  onTestFinished(async () => {
    await starting.then(end, () => undefined)
  })
  return starting
}

/** The path of a home folder that is removed once the test is over. */
export function homeForThisTest(): string {
  const home = temporaryHome()
  onTestFinished(() => home.remove())
  return home.path
}

/** Starts the app for this test alone: call it in the test or its `beforeEach`. */
export async function openDesk<App extends AnyApp>(
  start: Start<App>,
  { home = homeForThisTest(), ...options }: DeskOptions = {},
): Promise<Desk<App>> {
  const starting = start({ home, ...options })
  // Both ends are set now: a pipe that opens while the test already ends would be left to break with the app.
  const [waggle, pipe] = await Promise.all([
    forThisTest(starting, async (app) => ('stop' in app ? app.stop() : app.close())),
    forThisTest(
      starting.then(async ({ endpoint }) => openPipeClient(endpoint)),
      (client) => client.close(),
    ),
  ])
  return { home, waggle, pipe }
}

/** Starts the app and the windows of agents for this test alone. */
export async function openAgentsDesk<App extends AnyApp>(
  start: Start<App>,
  {
    agents: specs,
    accessibility = false,
    ...options
  }: DeskOptions & { readonly agents: readonly AgentSpec[]; readonly accessibility?: boolean },
): Promise<AgentsDesk<App>> {
  // The windows end last, so that the app finds them as long as it writes.
  const [agents, desk] = await Promise.all([
    forThisTest(
      startAgents({ agents: specs, accessibility, env: { ...process.env, ...options.env } }),
      async (agents) => agents.stop(),
    ),
    openDesk(start, options),
  ])
  return { ...desk, agents }
}

/** One more client of the app's pipe, closed once the test is over. */
export async function openPipe({ endpoint }: { readonly endpoint: Endpoint }): Promise<PipeClient> {
  return forThisTest(openPipeClient(endpoint), (client) => client.close())
}

/** Sets an agent on the input of the window of that name. */
export async function calibrate(
  { agents, pipe }: AgentsDesk<AnyApp>,
  name: string,
  over: Omit<Params<'agent.set'>, 'name'> = {},
): Promise<void> {
  const { input } = await agents.window(name)
  await pipe.call('agent.set', { name, at: input, window: `^${name}: chat$`, ...over })
}
