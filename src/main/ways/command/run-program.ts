import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, constants, openSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { Clock } from '../../clock'
import type { Startable } from './startable'
import type { Job } from './windows-job'

export interface ProgramRun extends Startable {
  /** On its stdin; undefined: it reads nothing. */
  readonly input: string | undefined
  readonly env: NodeJS.ProcessEnv
  readonly folder: string
  /** What others may do with the files that it makes; undefined: as with those of this process. */
  readonly umask: number | undefined
  readonly limitMs: number
  /** Ends it. */
  readonly signal: AbortSignal
  readonly clock: Pick<Clock, 'setTimer'>
}

export interface ProgramEnd {
  /** Null when it crashed or was ended. */
  readonly code: number | null
  readonly endedBy: 'itself' | 'the time limit' | 'a stop'
  /** The end of what it wrote, as plain text. */
  readonly output: string
}

/** Between being told to end and being ended. */
const TO_END_MS = 2000
/** What a program has written may come a moment after its end; one that it has left behind may write for ever. */
const LAST_WORDS_MS = 200
const LONGEST_OUTPUT = 4000
const isWindows = process.platform === 'win32'
/** What Windows says of a program that has crashed begins here; Node, which has no signal to die of there, says the other. */
const [CRASHED, ABORTED] = [0xc0000000, 134] as const
/** Windows removes it with its last handle (`FILE_FLAG_DELETE_ON_CLOSE`, by libuv's number). */
const TEMPORARY = 0x40

/**
 * Runs a program, with no shell between, to its end. Rejects when it cannot be started: nothing has run then. It leads a
 * group of its own (on Windows a job), so that what it has started ends with it when it is stopped.
 */
export async function runProgram(run: ProgramRun): Promise<ProgramEnd> {
  const jobs = isWindows ? await import('./windows-job') : undefined
  const child = start(run)
  const job = child.pid === undefined ? undefined : jobs?.jobOf(child.pid)
  const output = collect(child)
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const started = new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  await started
  const ending = endInTime(child, job, run)
  const code = await exited
  ending.callOff()
  job?.letGo()
  await Promise.race([closed, pause(run.clock, LAST_WORDS_MS)])
  const isAnswer = !isWindows || code === null || (code < CRASHED && code !== ABORTED)
  return { code: isAnswer ? code : null, endedBy: ending.by() ?? 'itself', output: output() }
}

function start({ file, args, isLine = false, input, env, folder, umask }: ProgramRun): ChildProcess {
  const given = input === undefined ? 'ignore' : fileOf(input)
  const own = umask === undefined ? undefined : process.umask(umask)
  try {
    return spawn(file, args, {
      cwd: folder,
      env,
      stdio: [given, 'pipe', 'pipe'],
      detached: !isWindows,
      windowsHide: true,
      windowsVerbatimArguments: isLine,
    })
  } finally {
    if (own !== undefined) process.umask(own)
    if (typeof given === 'number') closeSync(given)
  }
}

/**
 * A file without a name, at its beginning. A pipe would end in the middle of the text, or before it, where this process is
 * killed meanwhile, and the program would take that for the whole.
 */
function fileOf(text: string): number {
  const path = join(tmpdir(), `waggle-${randomUUID()}`)
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL
  const file = openSync(path, isWindows ? flags | TEMPORARY : flags, 0o600)
  if (!isWindows) unlinkSync(path)
  const bytes = Buffer.from(text)
  // By their places: writing on would leave the file at its end.
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, done)
  return file
}

/** Reads on after the program's end: one that it has left behind would be ended by a pipe that nobody reads. */
function collect(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text = (text + part).slice(-LONGEST_OUTPUT)
    })
  }
  return () => plain(text)
}

function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .trim()
}

function endInTime(child: ChildProcess, job: Job | undefined, { limitMs, signal, clock }: ProgramRun) {
  let by: ProgramEnd['endedBy'] | undefined
  let callOffKill: (() => void) | undefined
  const end = (why: ProgramEnd['endedBy']) => {
    if (by) return
    by = why
    if (job) return job.end()
    kill(child, 'SIGTERM')
    callOffKill = clock.setTimer(TO_END_MS, () => kill(child, 'SIGKILL'))
  }
  const stop = () => end('a stop')
  const callOffLimit = clock.setTimer(limitMs, () => end('the time limit'))
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  return {
    by: () => by,
    callOff: () => {
      callOffLimit()
      callOffKill?.()
      signal.removeEventListener('abort', stop)
    },
  }
}

/** The program and all of its group; it may have ended meanwhile. */
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (isWindows || child.pid === undefined) child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    child.kill(signal)
  }
}

function pause(clock: Pick<Clock, 'setTimer'>, ms: number): Promise<void> {
  return new Promise((resolve) => clock.setTimer(ms, resolve))
}
