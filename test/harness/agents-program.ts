import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { AgentsOptions, Submission } from './agents'
import { tiles } from './tiles'

export type Program = ChildProcessByStdio<Writable, Readable, Readable>
export interface Launched {
  readonly process: Program
  readonly log: string
  stop(): Promise<void>
}

type Line =
  | { event: 'ready' }
  | { event: 'submitted'; entry: Submission }
  | { event: 'gone'; reason: string }
  | { event?: never; id: number; result?: unknown; error?: string }

/** Starts the program that shows the windows; `log` is where it writes what is submitted. */
export function launch(options: AgentsOptions): Launched {
  const places = tiles(options.agents.length)
  const agents = options.agents.map((spec, index) => ({
    kind: 'textarea',
    title: `${spec.name}: chat`,
    rect: places[index],
    ...spec,
  }))
  return launchProgram('test/agents', { agents }, options)
}

/** Starts one of the Electron programs that show windows, with `settings` in its config file. */
export function launchProgram(
  program: string,
  settings: object,
  options: Pick<AgentsOptions, 'electron' | 'env' | 'args'>,
): Launched {
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-agents-'))
  const log = join(folder, 'log.jsonl')
  const electron = options.electron ?? join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '', 'electron')
  const config = join(folder, 'config.json')
  const paths = { log, ready: join(folder, 'ready.json'), userData: join(folder, 'user-data') }
  writeFileSync(config, JSON.stringify({ ...paths, ...settings }))
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [join(process.cwd(), program), ...root, '--disable-gpu', ...(options.args ?? [])]
  const env = { ...(options.env ?? process.env), STAND_IN_AGENTS: config }
  const started = spawn(electron, args, { stdio: ['pipe', 'pipe', 'pipe'], env })
  return { process: started, log, stop: async () => end(started, folder) }
}

/** Ends the program by its stdin, by force after 3 s, and removes its folder. */
async function end(program: Program, folder: string): Promise<void> {
  const running = program.exitCode === null && program.signalCode === null && program.pid !== undefined
  if (running) {
    const exit = new Promise((resolve) => program.once('exit', resolve))
    program.stdin.end()
    const killer = setTimeout(() => program.kill('SIGKILL'), 3000)
    await exit
    clearTimeout(killer)
  }
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })
  } catch {
    // Chromium's helpers outlive the program and write their cache again; what is left is in the temp folder.
  }
}

export interface Conversation {
  readonly ready: Promise<void>
  ask(command: string, agent?: string, params?: Record<string, unknown>): Promise<unknown>
  onSubmitted(listener: (entry: Submission) => void): () => void
}

/** Commands to the program and what it tells by itself. Once it has ended, every question is refused with its last words. */
export function conversation(program: Program): Conversation {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const listeners = new Set<(entry: Submission) => void>()
  let asked = 0
  let ended: Error | undefined
  let complaints = ''
  program.stderr.on('data', (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-2000)))
  program.stdin.on('error', () => undefined)
  const ready = new Promise<void>((resolve, reject) => {
    const end = (why: string): void => {
      const error = new Error(`the agents' windows ended (${why}): ${complaints.trim()}`)
      ended ??= error
      reject(error)
      for (const one of waiting.values()) one.reject(error)
      waiting.clear()
    }
    program.once('error', (error) => end(error.message))
    program.once('exit', (code, signal) => end(signal ?? `exit ${code}`))
    createInterface({ input: program.stdout }).on('line', (text) => {
      if (!text.startsWith('{')) return
      const line = JSON.parse(text) as Line
      if (line.event === 'ready') resolve()
      else if (line.event === 'submitted') for (const tell of listeners) tell(line.entry)
      else if (line.event === undefined) {
        const one = waiting.get(line.id)
        waiting.delete(line.id)
        if (line.error === undefined) one?.resolve(line.result)
        else one?.reject(new Error(line.error))
      }
    })
  })
  return {
    ready,
    ask: (command, agent, params) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended)
        const id = (asked += 1)
        waiting.set(id, { resolve, reject })
        program.stdin.write(`${JSON.stringify({ id, do: command, agent, ...params })}\n`)
      }),
    onSubmitted: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
