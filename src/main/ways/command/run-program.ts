import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { Clock } from '../../clock'

export interface ProgramRun {
  readonly file: string
  readonly args: readonly string[]
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
  /** Null when a signal ended it. */
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

/**
 * Runs a program, with no shell between, to its end. Rejects when it cannot be started: nothing has run then. It leads a
 * group of its own, so that what it has started ends with it when it is stopped.
 */
export async function runProgram(run: ProgramRun): Promise<ProgramEnd> {
  const child = start(run)
  const output = collect(child)
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const started = new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  await started
  // A program need not read what it is given.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(run.input)
  const ending = endInTime(child, run)
  const code = await exited
  ending.callOff()
  await Promise.race([closed, pause(run.clock, LAST_WORDS_MS)])
  return { code, endedBy: ending.by() ?? 'itself', output: output() }
}

function start({ file, args, input, env, folder, umask }: ProgramRun): ChildProcess {
  const given = input === undefined ? 'ignore' : process.platform === 'win32' ? 'pipe' : fileOf(input)
  const own = umask === undefined ? undefined : process.umask(umask)
  try {
    return spawn(file, args, {
      cwd: folder,
      env,
      stdio: [given, 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
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
  const folder = mkdtempSync(join(tmpdir(), 'waggle-'))
  try {
    const file = openSync(join(folder, 'stdin'), 'wx+', 0o600)
    const bytes = Buffer.from(text)
    // By their places: writing on would leave the file at its end.
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, done)
    return file
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
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

function endInTime(child: ChildProcess, { limitMs, signal, clock }: ProgramRun) {
  let by: ProgramEnd['endedBy'] | undefined
  let callOffKill: (() => void) | undefined
  const end = (why: ProgramEnd['endedBy']) => {
    if (by) return
    by = why
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
    if (process.platform === 'win32' || child.pid === undefined) child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    child.kill(signal)
  }
}

function pause(clock: Pick<Clock, 'setTimer'>, ms: number): Promise<void> {
  return new Promise((resolve) => clock.setTimer(ms, resolve))
}
