import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startApp, type RunningApp } from '../harness/app'
import { openDesk, type Desk } from '../harness/desk'
import { xdotool } from '../harness/xdotool'

// Terminals: their text cannot be read back. What the program inside has read is the truth.

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

/** Sends and waits; as it stands then where that takes too long. */
async function deliver(text: string, submit = true) {
  const { messages } = await desk.pipe.call('message.send', { to: 'Shell', text, submit, from: 'test' })
  const id = messages[0]?.id ?? ''
  return desk.pipe
    .call('message.wait', { id, timeoutMs: 10_000 })
    .catch(async () => desk.pipe.call('message.get', { id }))
}

describe.each([
  ['xterm', ['-T', 'A terminal', '-geometry', '80x20+40+60']],
  ['st', ['-T', 'A terminal', '-g', '80x20+40+60']],
] as const)('%s', (command, args) => {
  test('its profile is guessed, and messages reach its program whole, in order and once', async () => {
    await open(command, args)
    const { agents } = await desk.pipe.call('agent.list', {})
    expect(agents[0]?.profile).toBe('terminal')
    const texts = ['first: héllo 🐝 漢字', 'second', `third ${'x'.repeat(300)}`]
    for (const text of texts) {
      expect(await deliver(text)).toMatchObject({ state: 'delivered', proof: 'window' })
    }
    await eventually(() => (lines().split('\n').length > texts.length ? true : undefined))
    expect(lines()).toBe(`${texts.join('\n')}\n`)
  })
})

test('what is left unsent in a terminal stands there, and the person’s clipboard is theirs again', async () => {
  await open('xterm', ['-T', 'A terminal', '-geometry', '80x20+40+60'])
  const text = 'not sent yet'
  expect(await deliver(text, false)).toMatchObject({ state: 'delivered' })
  expect(lines()).toBe('')
  xdotool('search', '--name', '^A terminal$', 'windowactivate', '--sync')
  xdotool('key', 'Return')
  await eventually(() => (lines() === `${text}\n` ? true : undefined))
})
