import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { build } from 'vite'
import type { Endpoint } from '../../src/contract/endpoint'

const outDir = resolve('.cache/test-process')
const cliDir = join(outDir, 'cli')
/** The command line as it is built. */
export const cliScript = join(cliDir, 'waggle.js')
let built: Promise<void> | undefined

/** Builds the real command line and the server of `serve.ts`, once per test file. */
export function buildPrograms(): Promise<void> {
  built ??= (async () => {
    await build({
      configFile: 'cli.vite.config.ts',
      logLevel: 'warn',
      build: { outDir: cliDir, emptyOutDir: false },
    })
    await build({
      configFile: false,
      logLevel: 'warn',
      build: { ssr: 'test/process/serve.ts', outDir, emptyOutDir: false, target: 'node20.18' },
    })
  })()
  return built
}

export interface Server {
  readonly home: string
  readonly endpoint: Endpoint
  readonly process: ChildProcess
  /** Delivers the message whose turn it is. */
  deliverOne(): void
  /** Bytes in use once the garbage is gone, and what the system gives it. */
  memory(): Promise<{ readonly used: number; readonly rss: number }>
  /** Ends it without a word, as a power cut does. */
  kill(): Promise<void>
  /** Ends it cleanly. */
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()
/** To be ended by {@link cleanUp} at the latest. */
export function tracked<Child extends ChildProcess>(child: Child): Child {
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}
const homes = new Set<string>()

/** A home folder of its own, gone after {@link cleanUp}. */
export function newHome(): string {
  const home = join(mkdtempSync(join(tmpdir(), 'waggle-test-')), 'home')
  homes.add(home)
  return home
}

/** `under` is a command line that runs the server in its own process, as `strace -D` does. */
export async function startServer({
  home = newHome(),
  env = {},
  under = [] as readonly string[],
} = {}): Promise<Server> {
  await buildPrograms()
  const child = tracked(
    fork(join(outDir, 'serve.js'), [home, 'Agent-1,Agent-2,Agent-3,Closed'], {
      env: { ...process.env, ...env },
      execPath: under[0] ?? process.execPath,
      execArgv: [...under.slice(1), ...(under.length > 0 ? [process.execPath] : []), '--expose-gc'],
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    }),
  )
  const complaints = child.stderr ? text(child.stderr) : Promise.resolve('')
  const started: unknown[] = await Promise.race([once(child, 'message'), once(child, 'exit')])
  if (started[0] !== 'listening') throw new Error(`the server did not start: ${await complaints}`)
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  return {
    home,
    endpoint: readEndpoint(home),
    process: child,
    memory: async () => {
      child.send('memory')
      const [answer] = (await once(child, 'message')) as [{ used: number; rss: number }]
      return answer
    },
    deliverOne: () => void child.kill('SIGUSR2'),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

export function readEndpoint(home: string): Endpoint {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the server under test
  return JSON.parse(readFileSync(join(home, 'endpoint.json'), 'utf8')) as Endpoint
}

/** Ends what still runs and removes the homes. */
export async function cleanUp(): Promise<void> {
  await Promise.all([...running].map((child) => (child.kill('SIGKILL'), once(child, 'exit'))))
  for (const home of homes) rmSync(resolve(home, '..'), { recursive: true, force: true })
  homes.clear()
}

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the real command line to its end. */
export async function waggle(
  home: string,
  args: readonly string[],
  { input = '', env = {} } = {},
): Promise<Ran> {
  await buildPrograms()
  const child = spawnWaggle(home, args, env)
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const closed = once(child, 'close') as Promise<[number | null]>
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), closed])
  return { code, out, err }
}

export function spawnWaggle(home: string, args: readonly string[], env: Record<string, string> = {}) {
  return tracked(
    spawn(process.execPath, [cliScript, ...args], {
      env: { ...process.env, WAGGLE_HOME: home, ...env },
    }),
  )
}

export interface RawAnswer {
  readonly jsonrpc: string
  readonly id?: unknown
  readonly result?: Record<string, unknown>
  readonly error?: {
    readonly code: number
    readonly message: string
    readonly data?: Record<string, unknown>
  }
  readonly method?: string
  readonly params?: Record<string, unknown>
}

/** A raw connection, as a script in any language has it. */
export interface Wire {
  readonly socket: Socket
  send(bytes: string | Uint8Array): void
  /** Sends a request and answers with the next line. */
  ask(method: string, params?: unknown): Promise<RawAnswer>
  /** The next line as JSON; rejects when the connection has ended. */
  next(): Promise<RawAnswer>
  /** Every line until the other side ends the connection. */
  rest(): Promise<RawAnswer[]>
}

export async function openWire(path: string): Promise<Wire> {
  const socket = connect(path)
  socket.on('error', () => {})
  await once(socket, 'connect')
  const lines = createInterface({ input: socket, crlfDelay: 0 })[Symbol.asyncIterator]()
  const next = async () => {
    const line = await lines.next()
    if (line.done) throw new Error('the connection has ended')
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what it holds is what is tested
    return JSON.parse(line.value) as RawAnswer
  }
  let id = 0
  return {
    socket,
    send: (bytes) => void socket.write(bytes),
    ask: (method, params) => {
      socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: (id += 1), method, params })}\n`)
      return next()
    },
    next,
    rest: async () => {
      const answers: RawAnswer[] = []
      for (;;) {
        try {
          answers.push(await next())
        } catch {
          return answers
        }
      }
    },
  }
}
