import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { resolveElectron } from '../scripts/electron.mjs'
import { startVirtualDesktop } from '../scripts/desktop.mjs'
import { run } from '../scripts/lib/run.mjs'
import { connectToWaggle, type Client } from '../src/client/pipe-client'
import { startAgents, type Agents, type OpenWindow } from '../test/harness/agents'
import { startApp } from '../test/harness/app'

/** Eight agents in their windows, the real app, and the desktop that they share. */
export interface Stage {
  readonly agents: Agents
  readonly windows: readonly OpenWindow[]
  readonly client: Client
  /** For processes that belong on this desktop and speak to this Waggle. */
  readonly env: NodeJS.ProcessEnv
  /** A folder that is gone afterwards. */
  readonly folder: string
  /** Copies Waggle's home (log, database, settings) to a folder that stays. */
  keepHome(to: string): void
}

export interface StageOptions {
  /** Uses the present desktop instead of one of its own. */
  readonly here: boolean
  /** Leaves Waggle in the tray, where it is most of the time, instead of showing its window beside the agents' ones. */
  readonly inTray?: boolean
  /** Whether the agents' programs show their accessibility trees; only on a desktop of its own. Default false. */
  readonly tree?: boolean
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

/** The agents' windows take the left 1280 pixels; Waggle's own window stands beside them. */
const DESKTOP = { width: 2020, height: 800 }

const AGENTS = Array.from({ length: 8 }, (_, index) => `Agent-${index + 1}`)

/** Builds the stage, runs `play`, and takes everything down again, whatever happened. */
export async function withStage<T>(options: StageOptions, play: (stage: Stage) => Promise<T>): Promise<T> {
  const undo: (() => unknown)[] = []
  try {
    return await play(await build(options, undo))
  } finally {
    for (const step of undo.toReversed()) await step()
  }
}

async function build(
  { here, inTray = false, tree = false, say, signal }: StageOptions,
  undo: (() => unknown)[],
): Promise<Stage> {
  const electron = await resolveElectron()
  const folder = mkdtempSync(join(tmpdir(), 'waggle-demo-'))
  undo.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  const home = join(folder, 'home')
  const desktop = here ? undefined : await startVirtualDesktop(DESKTOP)
  if (desktop) undo.push(async () => desktop.stop())
  const env = { ...process.env, ...desktop?.env, WAGGLE_HOME: home, WAGGLE_LOCK: join(folder, 'desktop') }
  say(`${AGENTS.length} agents open their windows`)
  const agents = await startAgents({
    electron: electron.executable,
    env,
    accessibility: tree,
    agents: AGENTS.map((name, index) => ({ name, kind: index % 2 === 0 ? 'textarea' : 'contenteditable' })),
  })
  undo.push(async () => agents.stop())
  signal.throwIfAborted()
  say('Waggle starts')
  const app = await startApp({ home, env, args: inTray ? ['--hidden'] : [] })
  undo.push(async () => app.stop())
  const client = await connectToWaggle(home)
  undo.push(() => client.close())
  if (desktop && !inTray) await putAside(env)
  const windows = (await agents.windows()).filter((window) => window.open)
  for (const { name, input, title } of windows) {
    await client.call('agent.set', { name, at: [...input], window: `^${title}$` })
  }
  const keepHome = (to: string): void => {
    rmSync(to, { recursive: true, force: true })
    // A socket cannot be copied.
    cpSync(home, to, { recursive: true, filter: (path) => !path.endsWith('.sock') })
  }
  return { agents, windows, client, env, folder, keepHome }
}

/** Puts Waggle's window to the right of the agents' ones, for the picture; where that fails, it stays behind them. */
async function putAside(env: NodeJS.ProcessEnv): Promise<void> {
  const place = ['windowmove', '1290', '36', 'windowsize', '720', '750']
  await run('xdotool', ['search', '--sync', '--onlyvisible', '--name', '^Waggle$', ...place], {
    env,
    capture: true,
    timeoutMs: 5000,
  })
}
