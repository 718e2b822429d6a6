import { realpathSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { IPty } from '@lydell/node-pty'
import { isStopped, parentOf, readerOf } from '../../main/ways/terminal/reader'
import type { Reader } from '../../main/looking/standing'
import { supervised } from './supervise'

export interface Size {
  readonly columns: number
  readonly rows: number
}

export interface WrappedProgram {
  write(data: Buffer | string): void
  resize(size: Size): void
  /** Reading stops until it is told to go on: the program waits then, as at a slow terminal. */
  pause(): void
  resume(): void
  /** To the program and what it has started in the foreground. */
  signal(signal: NodeJS.Signals): void
  /** Lets a stopped program go on in the foreground. */
  goOn(): void
  isStopped(): boolean
  /** Who reads its terminal now; undefined once the program has ended. */
  reader(): Reader | undefined
  /** Resolves with its exit code once it has ended and all that it wrote was handed on. */
  readonly ended: Promise<number>
}

interface Deps {
  readonly command: readonly string[]
  readonly size: Size
  readonly env: NodeJS.ProcessEnv
  /** From the person's terminal, for `stty`. */
  readonly modes: string | undefined
  onOutput(bytes: Buffer): void
  /** The program was stopped: by a key (Ctrl+Z), or by somebody's signal. */
  onStopped(byKey: boolean): void
}

/** Between two SIGCONT: one that comes before the shell has stopped itself is lost. */
const AGAIN_MS = 10

/** Starts a program in a pseudo-terminal of its own. Throws where there is none to be had on this system. */
export async function startWrapped(deps: Deps): Promise<WrappedProgram> {
  const opening = opened(deps)
  // Before it runs: its shell stops after a command that ended at once, and a signal that nobody hears is lost.
  process.on('SIGUSR2', () => deps.onStopped(true))
  process.on('SIGIO', () => deps.onStopped(false))
  // Its shell waits, so what the program wrote last is read in peace.
  process.on('SIGURG', () => void opening.then(goOnOnceRead))
  const { pty, reading, continued } = await opening
  const ended = new Promise<number>((resolve) =>
    pty.onExit(({ exitCode, signal }) => {
      continued.end()
      resolve(signal ? 128 + signal : exitCode)
    }),
  )
  let job = ''
  return {
    // Its type says text; its stream takes bytes as well.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    write: (data) => pty.write(data as string),
    resize: ({ columns, rows }) => pty.resize(Math.max(columns, 1), Math.max(rows, 1)),
    pause: reading.pause,
    resume: reading.resume,
    signal: (signal) => send(readerOf(pty.pid), pty.pid, signal),
    goOn: () => continued.until(() => readerOf(pty.pid)?.id.startsWith(`${pty.pid}@`) !== true),
    isStopped: () => isStopped(job),
    reader() {
      const found = programIn(pty.pid, deps.command[0] ?? '')
      if (found?.kind === 'program' && !found.isStopped) job = found.id
      return found
    },
    ended,
  }
}

type Opened = Awaited<ReturnType<typeof opened>>

/** The program has not begun when this returns its promise. */
async function opened(deps: Deps) {
  const pty = await openTerminal(deps)
  return { pty, reading: followOutput(pty, deps), continued: keepContinuing(pty) }
}

async function goOnOnceRead({ reading, continued }: Opened): Promise<void> {
  await reading.drained()
  continued.until(() => false)
}

async function openTerminal(deps: Deps): Promise<IPty> {
  const { spawn } = await import('@lydell/node-pty')
  const { file, args } = supervised(deps.command, deps)
  return spawn(file, args, {
    cols: deps.size.columns,
    rows: deps.size.rows,
    cwd: workingFolder(deps.env),
    env: deps.env,
    encoding: null,
    ...(deps.env['TERM'] !== undefined && { name: deps.env['TERM'] }),
  })
}

function followOutput(pty: IPty, { onOutput }: Pick<Deps, 'onOutput'>) {
  const seen = { lastAt: 0, isPaused: false }
  // Without an encoding it hands on bytes, whatever its types say.
  pty.onData((bytes: unknown) => {
    seen.lastAt = performance.now()
    if (Buffer.isBuffer(bytes)) onOutput(bytes)
  })
  return {
    pause() {
      seen.isPaused = true
      pty.pause()
    },
    resume() {
      seen.isPaused = false
      pty.resume()
    },
    /** Resolves once nothing more comes out. */
    async drained(): Promise<void> {
      while (seen.isPaused || performance.now() - seen.lastAt < 2 * AGAIN_MS) await wait(AGAIN_MS)
    },
  }
}

/** The program that was wrapped, or what reads in its place. While its shell is in the foreground it is stopped or gone. */
function programIn(leader: number, command: string): Reader | undefined {
  const reader = readerOf(leader)
  if (!reader) return undefined
  if (reader.id.startsWith(`${leader}@`))
    return reader.isStopped ? { ...reader, name: command, kind: 'program' } : undefined
  // What a wrapped shell runs is nobody that was named to get messages.
  return parentOf(reader.id) === leader ? reader : { ...reader, kind: 'other' }
}

function send(reader: Reader | undefined, leader: number, signal: NodeJS.Signals): void {
  const group = Number(reader?.id.split('@')[0] ?? leader)
  try {
    process.kill(-group, signal)
  } catch {
    // It has ended just now.
  }
}

function keepContinuing(pty: IPty) {
  let timer: NodeJS.Timeout | undefined
  let hasEnded = false
  const stop = () => clearInterval(timer)
  return {
    /** It may have gone on by an earlier one, and ended before the last of what it wrote was read: nothing is begun any more. */
    end() {
      hasEnded = true
      stop()
    },
    until(isDone: () => boolean) {
      stop()
      if (hasEnded) return
      timer = setInterval(() => {
        if (isDone()) stop()
        else pty.kill('SIGCONT')
      }, AGAIN_MS)
    },
  }
}

/** The folder by the name that the person knows it by, which the pseudo-terminal passes on as PWD. */
function workingFolder(env: NodeJS.ProcessEnv): string {
  const [here, named] = [process.cwd(), env['PWD']]
  try {
    return named !== undefined && realpathSync(named) === realpathSync(here) ? named : here
  } catch {
    return here
  }
}
