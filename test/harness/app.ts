import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { _electron, type ElectronApplication } from 'playwright'
import { resolveElectron } from '../../scripts/electron.mjs'
import { projectRoot } from '../../scripts/lib/paths.mjs'
import { stopProcess } from '../../scripts/lib/services.mjs'
import type { Endpoint } from '../../src/contract/endpoint'

const UP_LIMIT_MS = 30_000
const POLL_MS = 20

export interface AppOptions {
  /** Becomes WAGGLE_HOME; the desktop lock lives in it, too, unless `env` names another place. */
  readonly home: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly args?: readonly string[]
  /** What to start instead of the built app: a packaged app's executable. */
  readonly executable?: string
  /** What the Electron runs instead of the project: a folder, or a file. */
  readonly folder?: string
}

/** The app as a process of its own. */
export interface RunningApp {
  readonly endpoint: Endpoint
  readonly process: ChildProcess
  /** All that it wrote to stdout and stderr so far. */
  output(): string
  /** Ends it as the system would (SIGTERM), by force after 3 s; resolves with its exit code once it is gone. */
  stop(): Promise<number | null>
  /** Ends it without a chance to clean up, as a crash would. */
  kill(): Promise<void>
}

/** The app under Playwright's control. */
export interface LaunchedApp {
  readonly app: ElectronApplication
  readonly endpoint: Endpoint
  close(): Promise<void>
}

const alive = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

/** Starts the app and resolves once its pipe listens. Rejects with its output when it ends before, or after 30 s. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const { child, output } = await spawnApp(options)
  try {
    const endpoint = await endpointOf(options.home, child, output)
    return {
      endpoint,
      process: child,
      output,
      stop: async () => {
        await stopProcess(child)
        return child.exitCode
      },
      kill: async () => kill(child),
    }
  } catch (error) {
    await kill(child)
    throw error
  }
}

/** Starts the app and resolves with its exit code and output once it has ended: what a second start does at once. */
export async function runApp(options: AppOptions): Promise<{ code: number | null; output: string }> {
  const { child, output } = await spawnApp(options)
  const timer = setTimeout(() => child.kill('SIGKILL'), UP_LIMIT_MS)
  await gone(child)
  clearTimeout(timer)
  return { code: child.exitCode, output: output() }
}

/** Starts the app under Playwright; `close` quits it and resolves once it is gone. */
export async function launchApp(options: AppOptions): Promise<LaunchedApp> {
  const { command, args } = await commandLine(options)
  const app = await _electron.launch({
    executablePath: command,
    args,
    env: definedOnly(environment(options)),
    timeout: UP_LIMIT_MS,
  })
  const child = app.process()
  alive.add(child)
  const output = collect(child)
  const close = async (): Promise<void> => {
    const quit = Promise.all([app.close(), gone(child)])
    await Promise.race([quit, delay(5000, undefined, { ref: false })])
    await kill(child)
  }
  try {
    return { app, endpoint: await endpointOf(options.home, child, output), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function commandLine({
  executable,
  folder = projectRoot,
  args = [],
}: AppOptions): Promise<{ command: string; args: string[] }> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const flags = [...sandbox, '--disable-gpu']
  if (executable) return { command: executable, args: [...flags, ...args] }
  return { command: (await resolveElectron()).executable, args: [...flags, folder, ...args] }
}

function environment({ home, env }: AppOptions): Record<string, string | undefined> {
  return { ...process.env, WAGGLE_HOME: home, WAGGLE_LOCK: join(home, 'desktop'), ...env }
}

function definedOnly(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

async function spawnApp(options: AppOptions): Promise<{ child: ChildProcess; output: () => string }> {
  const { command, args } = await commandLine(options)
  const child = spawn(command, args, { env: environment(options), stdio: ['ignore', 'pipe', 'pipe'] })
  alive.add(child)
  child.once('close', () => alive.delete(child))
  return { child, output: collect(child) }
}

function collect(child: ChildProcess): () => string {
  let text = ''
  const add = (chunk: string): void => {
    text += chunk
  }
  child.stdout?.setEncoding('utf8').on('data', add)
  child.stderr?.setEncoding('utf8').on('data', add)
  return () => text
}

async function endpointOf(home: string, child: ChildProcess, output: () => string): Promise<Endpoint> {
  const deadline = performance.now() + UP_LIMIT_MS
  while (performance.now() < deadline) {
    const endpoint = readEndpoint(home)
    if (endpoint?.pid === child.pid) return endpoint as Endpoint
    if (hasEnded(child)) break
    await delay(POLL_MS)
  }
  const what = hasEnded(child) ? `ended with ${child.exitCode ?? child.signalCode}` : 'is still silent'
  throw new Error(`The app ${what}; no pipe of its own listens in ${home}. Its output:\n${output()}`)
}

function readEndpoint(home: string): Endpoint | undefined {
  const path = join(home, 'endpoint.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Endpoint) : undefined
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function gone(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) await new Promise((resolve) => child.once('exit', resolve))
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await gone(child)
  alive.delete(child)
}
