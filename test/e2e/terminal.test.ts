import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startApp, type RunningApp } from '../harness/app'
import { openDesk, type Desk } from '../harness/desk'
import { xdotool } from '../harness/xdotool'

// A shell where an agent should be, in terminals that are read by marking. What the program inside has read is the truth.

let folder: string
let desk: Desk<RunningApp>
let terminal: ChildProcess | undefined

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'waggle-terminal-'))
  desk = await openDesk(startApp, { args: ['--hidden'] })
})
afterEach(() => {
  terminal?.kill()
  rmSync(folder, { recursive: true })
})

const log = () => join(folder, 'lines')
const lines = () => (existsSync(log()) ? readFileSync(log(), 'utf8') : '')

async function eventually<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const end = performance.now() + 8000
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > end) throw new Error(`it never came to be; so far ${JSON.stringify(lines())}`)
  }
}

/** Opens a terminal whose program notes every line, and sets an agent on it by its point alone. */
async function open(command: string, args: readonly string[]): Promise<void> {
  const program = `while IFS= read -r line; do printf '%s\\n' "$line" >> '${log()}'; done`
  terminal = spawn(command, [...args, '-e', 'bash', '-c', program], { stdio: 'ignore' })
  const { rect } = await eventually(async () =>
    (await desk.pipe.call('desktop.look', {})).windows.find(({ title }) => title === 'A terminal'),
  )
  const at: [number, number] = [Math.round(rect.x + rect.width / 2), Math.round(rect.y + rect.height / 2)]
  await desk.pipe.call('agent.set', { name: 'Shell', at, window: '^A terminal$' })
}

test.each([
  ['xterm', ['-T', 'A terminal', '-geometry', '80x20+40+60'], 'terminal', 'bash reads the terminal of Shell'],
  ['st', ['-T', 'A terminal', '-g', '80x20+40+60'], 'chat', 'The profile "chat" of Shell does not fit'],
] as const)(
  'nothing is ever typed to a shell in a window of %s, whatever its profile, and its message says why it waits',
  async (command, args, profile, why) => {
    await open(command, args)
    const { agents } = await desk.pipe.call('agent.list', {})
    expect(agents[0]?.profile).toBe('terminal')
    await desk.pipe.call('agent.set', { name: 'Shell', profile })
    const { messages } = await desk.pipe.call('message.send', {
      to: 'Shell',
      text: 'rm -r build',
      from: 'test',
    })
    const id = messages[0]?.id ?? ''
    const failure = await eventually(async () => (await desk.pipe.call('message.get', { id })).failure)
    expect(failure.message).toContain(why)
    xdotool('search', '--name', '^A terminal$', 'windowactivate', '--sync', 'key', 'Return')
    await eventually(() => (lines() === '\n' ? true : undefined))
  },
)
