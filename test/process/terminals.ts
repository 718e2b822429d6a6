import { execFile, fork, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { spawn, type IPty } from '@lydell/node-pty'
import { build } from 'vite'
import { afterAll } from 'vitest'
import { drawnScreen } from '../../src/main/looking/drawn-screen'
import { textOf } from '../../src/main/looking/screen'
import { terminalModel } from '../../src/main/looking/terminal-model'
import { halt } from '../harness/processes'
import { buildPrograms, newHome, openWire, readEndpoint, tracked } from './programs'

// Agents in terminals: their programs are those of test/terminals, Waggle is serve-ways.ts, the terminals are real.

const outDir = resolve('.cache/test-process')
export const cli = join(outDir, 'cli', 'waggle.js')
const stops: (() => void)[] = []
let built: Promise<void> | undefined

export function buildWays(): Promise<void> {
  built ??= (async () => {
    await buildPrograms()
    await build({
      configFile: false,
      logLevel: 'warn',
      build: { ssr: 'test/process/serve-ways.ts', outDir, emptyOutDir: false, target: 'node20.18' },
    })
  })()
  return built
}

/** To be called by {@link endAll}. */
export function atEnd(stop: () => void): void {
  stops.push(stop)
}

/** Ends every terminal, server and tmux that a test has started. */
export function endAll(): void {
  for (const stop of stops.splice(0).toReversed()) stop()
}

export interface WaysServer {
  readonly home: string
  readonly process: ChildProcess
  kill(): Promise<void>
}

/** Waggle with the ways that need no desktop; tmux is the one of `tmuxFolder`. */
export async function startWays(home = newHome(), env: Record<string, string> = {}): Promise<WaysServer> {
  await buildWays()
  const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const
  const own = { ...process.env, TMUX: '', TMUX_TMPDIR: tmuxFolder, ...env }
  const child = tracked(fork(join(outDir, 'serve-ways.js'), [home], { env: own, stdio: [...stdio] }))
  const [first] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[]
  if (first !== 'listening') throw new Error('the server did not start')
  const kill = async () => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  return { home, process: child, kill }
}

/** What an agent of test/terminals wrote down. */
export interface Entry {
  readonly prompt?: string
  readonly answered?: string
  readonly refused?: string
  readonly event?: string
}

export class AgentLog {
  readonly path = join(mkdtempSync(join(tmpdir(), 'waggle-agent-')), 'log')

  constructor() {
    stops.push(() => rmSync(resolve(this.path, '..'), { recursive: true, force: true }))
  }

  entries(): Entry[] {
    if (!existsSync(this.path)) return []
    const lines = readFileSync(this.path, 'utf8').trimEnd().split('\n')
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Entry)
  }

  prompts(): string[] {
    return this.entries().flatMap(({ prompt }) => prompt ?? [])
  }

  answers(): string[] {
    return this.entries().flatMap(({ answered }) => answered ?? [])
  }

  /** Gives the agent an order and waits until it has heard it. */
  async tell(order: string): Promise<void> {
    const heard = () => this.entries().filter(({ event }) => event === order).length
    const before = heard()
    writeFileSync(`${this.path}.new`, order)
    await promisify(execFile)('mv', [`${this.path}.new`, `${this.path}.do`])
    await until(() => heard() > before)
  }

  started(): Promise<unknown> {
    return until(() => this.entries().some(({ event }) => event === 'started'))
  }
}

/** An agent in a real terminal: how a person at it types, and what the terminal shows. */
export interface TerminalAgent {
  readonly name: string
  readonly log: AgentLog
  /** In tmux. */
  readonly pane?: string
  /** As a person at the keyboard. */
  type(keys: string): Promise<void>
  /** What the terminal shows now. */
  screen(): Promise<string>
  /** Sends a signal to the agent's program. */
  signal(signal: NodeJS.Signals): Promise<void>
}

export interface Place {
  readonly way: 'terminal' | 'tmux'
  /** Starts an agent of test/terminals there and makes it known. */
  start(server: WaysServer, style: string, ...traits: string[]): Promise<TerminalAgent>
  /** Starts a command line of a shell there. */
  startShell(server: WaysServer, log: AgentLog, script: string): Promise<TerminalAgent>
}

const agentProgram = resolve('test/terminals/agent.mjs')
let agents = 0

export function agentCommand(log: AgentLog, style: string, ...traits: string[]): string[] {
  return [process.execPath, agentProgram, log.path, style, ...traits]
}

/** A pseudo-terminal of the test's own, as a person's terminal window is. */
export function personTerminal(command: readonly string[], env: Record<string, string>): IPty {
  const [file = '', ...args] = command
  const pty = spawn(file, args, {
    cols: 100,
    rows: 30,
    env: { ...process.env, TERM: 'xterm-256color', ...env },
    encoding: null,
  })
  stops.push(() => {
    pty.kill('SIGKILL')
    // Its own type does not tell of it: what still holds the other end would keep the tests from ending.
    ;(pty as IPty & { destroy(): void }).destroy()
  })
  return pty
}

async function wrapped(
  server: WaysServer,
  log: AgentLog,
  command: readonly string[],
): Promise<TerminalAgent> {
  const name = `Agent-${(agents += 1)}`
  const pty = personTerminal([process.execPath, cli, 'wrap', name, '--', ...command], {
    WAGGLE_HOME: server.home,
  })
  const model = terminalModel(100, 30)
  pty.onData((bytes: unknown) => model.write(bytes as Buffer))
  return {
    name,
    log,
    screen: async () => drawnScreen(model).rows.map(textOf).join('\n'),
    type: async (keys) => pty.write(keys),
    signal: (signal) => signalTo(log, signal),
  }
}

export const wrapPlace: Place = {
  way: 'terminal',
  async start(server, style, ...traits) {
    const log = new AgentLog()
    return wrapped(server, log, agentCommand(log, style, ...traits))
  },
  startShell: (server, log, script) => wrapped(server, log, ['sh', '-c', script]),
}

/** A tmux server of the tests' own. */
const tmuxFolder = mkdtempSync(join(tmpdir(), 'waggle-tmux-'))
export const tmuxEnv = { ...process.env, TMUX: '', TMUX_TMPDIR: tmuxFolder }
let tmuxServer: Promise<unknown> | undefined
// A hook and not the process's exit, which a worker of vitest does not live to see.
afterAll(() => {
  spawnSync('tmux', ['kill-server'], { env: tmuxEnv, stdio: 'ignore' })
  rmSync(tmuxFolder, { recursive: true, force: true })
})

export async function tmux(...args: string[]): Promise<string> {
  const run = promisify(execFile)
  // With its last pane it would end, and the next test's first command find it ending.
  tmuxServer ??= run('tmux', ['-f', '/dev/null', 'start-server', ';', 'set', '-g', 'exit-empty', 'off'], {
    env: tmuxEnv,
  })
  await tmuxServer
  return (await run('tmux', args, { env: tmuxEnv })).stdout.trim()
}

async function inPane(server: WaysServer, log: AgentLog, command: readonly string[]): Promise<TerminalAgent> {
  const name = `Pane-${(agents += 1)}`
  const pane = await tmux('new-session', '-d', '-P', '-F', '#{pane_id}', '-x', '100', '-y', '30', ...command)
  stops.push(() => spawnSync('tmux', ['kill-pane', '-t', pane], { env: tmuxEnv, stdio: 'ignore' }))
  await until(() => ask(server, 'agent.set', { name, tmux: pane }).catch(() => undefined))
  return {
    name,
    log,
    screen: () => tmux('capture-pane', '-p', '-t', pane),
    type: async (keys) => void (await tmux('send-keys', '-t', pane, '-l', keys)),
    signal: (signal) => signalTo(log, signal),
    pane,
  }
}

export const tmuxPlace: Place = {
  way: 'tmux',
  async start(server, style, ...traits) {
    const log = new AgentLog()
    const command = agentCommand(log, style, ...traits)
    return inPane(server, log, command)
  },
  startShell: (server, log, script) => inPane(server, log, ['sh', '-c', script]),
}

/** The agent's own process: the one that has its log as an argument. */
async function signalTo(log: AgentLog, signal: NodeJS.Signals): Promise<void> {
  const { stdout } = await promisify(execFile)('pgrep', [
    '-f',
    `^${process.execPath} ${agentProgram} ${log.path}`,
  ])
  const pids = stdout.trim().split('\n').map(Number)
  await Promise.all(pids.map(async (pid) => (signal === 'SIGSTOP' ? halt(pid) : process.kill(pid, signal))))
}

export async function until<T>(
  look: () => T | undefined | Promise<T | undefined>,
  limitMs = 30_000,
): Promise<T> {
  const end = performance.now() + limitMs
  for (;;) {
    const seen = await look()
    if (seen !== undefined && seen !== false) return seen
    if (performance.now() > end) throw new Error('it never came to be')
    await delay(20)
  }
}

export interface Sent {
  readonly id: string
  readonly state: string
  readonly proof: string | null
  readonly failure?: { readonly code: string; readonly message: string }
}

export async function ask(
  server: WaysServer,
  method: string,
  params: unknown,
): Promise<Record<string, unknown>> {
  const wire = await openWire(readEndpoint(server.home).path)
  try {
    const { result, error } = await wire.ask(method, params)
    if (!result) throw new Error(error?.message)
    return result
  } finally {
    wire.socket.destroy()
  }
}

export async function send(server: WaysServer, to: string, text: string, from?: string): Promise<string> {
  // Under "waggle wrap" an agent is known once its terminal has joined.
  const sent = await until(() => ask(server, 'message.send', { to, text, from }).catch(() => undefined))
  return (sent as { messages: [{ id: string }] }).messages[0].id
}

export async function show(server: WaysServer, id: string): Promise<Sent> {
  return (await ask(server, 'message.get', { id })) as unknown as Sent
}

/** Resolves once the message has ended. */
export function ended(server: WaysServer, id: string): Promise<Sent> {
  return until(async () => {
    const sent = await show(server, id)
    return sent.state === 'queued' || sent.state === 'delivering' ? undefined : sent
  })
}

/** Resolves once the message waits for this reason. */
export function waitsFor(server: WaysServer, id: string, code: string): Promise<Sent> {
  return until(async () => {
    const sent = await show(server, id)
    return sent.state === 'queued' && sent.failure?.code === code ? sent : undefined
  })
}
