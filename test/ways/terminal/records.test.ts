import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Process } from '../../../src/main/ways/terminal/reader'
import { claudeRecord } from '../../../src/main/ways/terminal/records/claude-code'
import { codexRecord, codexThread } from '../../../src/main/ways/terminal/records/codex'
import { geminiRecord } from '../../../src/main/ways/terminal/records/gemini-cli'

// Agents' own files, as the versions that they name have written them, of a process that does nothing itself.

const STARTED = Date.UTC(2026, 0, 2, 10)
const later = (seconds: number) => new Date(STARTED + seconds * 1000).toISOString()

let home: string
let folder: string
const children: ChildProcess[] = []
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'waggle-records-')))
  folder = join(home, 'project')
  mkdirSync(folder)
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(home, { recursive: true, force: true })
})

/** The agent. */
async function agent(env: Record<string, string> = { HOME: home }): Promise<Process> {
  const child = await run(['sleep', '1000'], { ...env, PATH: process.env['PATH'] ?? '' })
  return { pid: child.pid ?? 0, name: 'agent', startedAt: STARTED }
}

async function run([program = '', ...args]: readonly string[], env = process.env): Promise<ChildProcess> {
  const child = spawn(program, args, { cwd: folder, env, stdio: 'ignore' })
  children.push(child)
  await once(child, 'spawn')
  return child
}

function write(path: string, ...entries: readonly object[]): string {
  const whole = join(home, path)
  mkdirSync(dirname(whole), { recursive: true })
  // The last line is being written.
  writeFileSync(whole, `${entries.map((entry) => JSON.stringify(entry)).join('\n')}\n{"half`)
  return whole
}

function writeState(pid: number, state: object): void {
  mkdirSync(join(home, '.claude', 'sessions'), { recursive: true })
  writeFileSync(join(home, '.claude', 'sessions', `${pid}.json`), JSON.stringify({ pid, ...state }))
}

const claudeSays = (content: unknown, seconds: number, more = {}) => ({
  type: 'user',
  isSidechain: false,
  message: { role: 'user', content },
  timestamp: later(seconds),
  ...more,
})

test('what Claude Code was asked is told, from then on, of the session of that very process', async () => {
  const process = await agent()
  writeState(process.pid, { sessionId: 's-1', status: 'busy' })
  write(
    '.claude/projects/-a-project/s-1.jsonl',
    claudeSays('before', 1),
    claudeSays('hello\nthere', 5),
    claudeSays([{ type: 'tool_result', content: 'no prompt' }], 6),
    claudeSays('to its helper', 6, { isSidechain: true }),
    { type: 'assistant', message: { role: 'assistant', content: 'Done.' }, timestamp: later(6) },
  )
  write('.claude/projects/-a-project/s-2.jsonl', claudeSays('of another session', 5))
  expect(claudeRecord.promptsSince(process, STARTED + 2000)).toEqual(['hello\nthere'])
})

test.each([
  ['waiting', true],
  ['idle', false],
])('Claude Code that says it is %s: it asks %s', async (status, asks) => {
  const process = await agent({ HOME: '/nowhere', CLAUDE_CONFIG_DIR: join(home, '.claude') })
  writeState(process.pid, { sessionId: 's-1', status })
  expect(claudeRecord.asks?.(process)).toBe(asks)
})

const geminiSays = (text: string, seconds: number) => ({
  type: 'user',
  content: [{ text }],
  timestamp: later(seconds),
})

test('what Gemini CLI was asked is told where one session only can be its own', async () => {
  const process = await agent()
  write('.gemini/projects.json')
  writeFileSync(join(home, '.gemini', 'projects.json'), JSON.stringify({ projects: { [folder]: 'p' } }))
  write('.gemini/tmp/p/chats/session-1.jsonl', { startTime: later(-60) }, geminiSays('of an earlier one', 5))
  write('.gemini/tmp/p/chats/session-2.jsonl', { startTime: later(1) }, geminiSays('hello', 5))
  expect(geminiRecord.promptsSince(process, STARTED)).toEqual(['hello'])
  write('.gemini/tmp/p/chats/session-3.jsonl', { startTime: later(2) }, geminiSays('whose?', 5))
  expect(geminiRecord.promptsSince(process, STARTED)).toEqual([])
})

let threads = 0
/** A thread that began then, held open as Codex holds it. */
async function openThread(seconds: number, cwd?: string, source = 'user'): Promise<string> {
  const time = (STARTED + seconds * 1000).toString(16).padStart(12, '0')
  const id = `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String((threads += 1)).padStart(12, '0')}`
  const lock = write(`.codex/thread-writer-locks/${id}.lock`)
  await run(['flock', '--no-fork', lock, 'sleep', '1000'])
  await expect.poll(() => readFileSync('/proc/locks', 'utf8')).toContain(`:${statSync(lock).ino} `)
  if (cwd !== undefined)
    write(
      `.codex/sessions/2026/01/02/rollout-2026-01-02T11-00-00-${id}.jsonl`,
      { type: 'session_meta', payload: { id, cwd, thread_source: source } },
      ...['before', 'hello'].map((text, at) => ({
        type: 'response_item',
        payload: { role: 'user', content: [{ type: 'input_text', text }] },
        timestamp: later(seconds + 1 + at * 10),
      })),
    )
  return id
}

test('the thread of a Codex is the only open one of its folder that began with it', async () => {
  const codex = await agent()
  await openThread(-60, folder)
  await openThread(1, '/another/project')
  await openThread(1, folder, 'subagent')
  const id = await openThread(2, folder)
  expect(codexThread(codex)).toMatchObject({ id })
  expect(codexRecord.promptsSince(codex, STARTED + 5000)).toEqual(['hello'])
})

test('a thread is not told that was asked nothing yet, or that may be another Codex’s', async () => {
  const codex = await agent()
  expect(codexThread(codex)).toContain('no open thread')
  const first = await openThread(1)
  expect(codexThread(codex)).toContain('not been asked')
  const second = await openThread(2, folder)
  expect(codexThread(codex)).toContain(`${first}, ${second}`)
  expect(codexRecord.promptsSince(codex, STARTED)).toEqual([])
})

test('a thread that nobody holds open is none', async () => {
  const codex = await agent()
  const id = await openThread(1, folder)
  expect(codexThread(codex)).toMatchObject({ id })
  const holder = children.at(-1)
  holder?.kill('SIGKILL')
  if (holder) await once(holder, 'exit')
  expect(codexThread(codex)).toContain('no open thread')
})

test('without any files, and of a process that has ended, nothing is told', async () => {
  const process = await agent()
  for (const record of [claudeRecord, codexRecord, geminiRecord])
    expect([record.promptsSince(process, 0), record.asks?.(process) ?? false]).toEqual([[], false])
  expect(claudeRecord.promptsSince({ ...process, pid: 2 ** 30 }, 0)).toEqual([])
})
