import { spawn as spawnProcess, type ChildProcess } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn, type IPty } from '@lydell/node-pty'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DesktopWindow } from '../../../src/main/desktop/desktop'
import { threadOf } from '../../../src/main/ways/command/thread-of'
import { agent } from '../../queue/courier-desk'

// The thread of a Codex by where it runs: this process has made its terminal, as a terminal's window or `waggle wrap` does.

let home: string
let pty: IPty | undefined
let holder: ChildProcess | undefined
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'waggle-thread-')))
})
afterEach(async () => {
  holder?.kill('SIGKILL')
  const gone = pty && new Promise((resolve) => pty?.onExit(resolve))
  pty?.kill('SIGKILL')
  await gone
  pty = undefined
  rmSync(home, { recursive: true, force: true })
})

/** A program of that name in a terminal of this process. */
async function run(name: string): Promise<void> {
  const program = join(home, name)
  symlinkSync('/bin/sleep', program)
  pty = spawn('sh', ['-c', `echo up; exec '${program}' 1000`], {
    cwd: home,
    env: { ...process.env, HOME: home },
  })
  await new Promise<void>((resolve) => pty?.onData(() => resolve()))
  await expect.poll(() => readFileSync(`/proc/${pty?.pid}/comm`, 'utf8').trim()).toBe(name)
}

/** A thread that began with it and was asked something, held open as Codex holds it. */
async function openThread(): Promise<string> {
  const begun = new Date(Date.now() + 1000)
  const time = begun.getTime().toString(16).padStart(12, '0')
  const id = `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000001`
  const day = join(home, '.codex', 'sessions', ...(begun.toISOString().split('T')[0] ?? '').split('-'))
  const locks = join(home, '.codex', 'thread-writer-locks')
  for (const folder of [day, locks]) mkdirSync(folder, { recursive: true })
  const payload = { id, cwd: home, thread_source: 'user' }
  writeFileSync(join(day, `rollout-${id}.jsonl`), `${JSON.stringify({ type: 'session_meta', payload })}\n`)
  const lock = join(locks, `${id}.lock`)
  writeFileSync(lock, '')
  holder = spawnProcess('flock', ['--no-fork', lock, 'sleep', '1000'], { stdio: 'ignore' })
  await expect.poll(() => readFileSync('/proc/locks', 'utf8')).toContain(`:${statSync(lock).ino} `)
  return id
}

const rect = { x: 0, y: 0, width: 1, height: 1 }
const window: DesktopWindow = { id: '7', title: '', app: 'XTerm', rect, minimized: false, pid: process.pid }
const calibrated = agent('A', { calibration: { at: '', windowId: '7', title: '', app: 'XTerm', rect } })
const inWindow = (windows: readonly DesktopWindow[] = [window]) =>
  threadOf(calibrated, { terminals: { of: () => undefined }, desktop: { windows: async () => windows } })
const wrapped = () => {
  const joined = { name: 'A', program: 'codex', pid: process.pid, standing: { state: 'ready' } } as const
  return threadOf(agent('A'), { terminals: { of: () => joined }, desktop: { windows: async () => [] } })
}

test('it is found in the plain window that was calibrated, and in a wrapped terminal', async () => {
  await run('codex')
  const id = await openThread()
  expect([await inWindow(), await wrapped()]).toEqual([id, id])
})

test('a window that is gone, or in which another program runs, tells none, and what to do is said', async () => {
  await run('claude')
  await openThread()
  const refusal = expect.stringMatching(/no Codex is seen.*Write it in place of \{thread\}/) as unknown
  expect(await inWindow([])).toEqual({ refusal })
  expect(await inWindow()).toEqual({ refusal })
})
