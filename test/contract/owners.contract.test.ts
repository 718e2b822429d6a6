import { spawn, type ChildProcess } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ClipboardUnread } from '../../src/main/desktop/clipboard-unread'
import type { Desktop } from '../../src/main/desktop/desktop'
import { lookAtClipboard } from '../../src/main/desktop/x11/clipboard-facts'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { startAgents, type Agents } from '../harness/agents'
import { halt } from '../harness/processes'
import { xclipHolds, xclipReads } from '../harness/xclip'

// Clipboards and marks as people have them: who holds them may be slow, stopped or hold much.

let desktop: Desktop
let agents: Agents
let windowId: string
let point: { x: number; y: number }
let programs: ChildProcess[] = []

beforeAll(async () => {
  ;[desktop, agents] = await Promise.all([
    openX11Desktop(process.env['DISPLAY'] ?? ''),
    startAgents({ agents: [{ name: 'Left' }] }),
  ])
  const [x, y] = (await agents.window('Left')).input
  point = { x, y }
  windowId = (await desktop.windows()).find(({ title }) => title === 'Left: chat')?.id ?? ''
})
afterAll(async () => {
  desktop.close()
  await agents.stop()
})
afterEach(() => {
  for (const program of programs) program.kill('SIGKILL')
  programs = []
})

/** A person's copy or mark, once it is there. */
async function holds(...what: Parameters<typeof xclipHolds>): Promise<ChildProcess> {
  const program = xclipHolds(...what)
  programs.push(program)
  const [selection, data, target] = what
  const told = { what: selection === 'clipboard' ? 'copied' : 'marked', program: 'xclip' }
  // What was put back by the test before says the same.
  await expect.poll(seen).toContainEqual(expect.objectContaining(told))
  const isThere = async () => (await xclipReads(selection, target))?.equals(Buffer.from(data))
  await expect.poll(isThere).toBe(true)
  return program
}

const seen = async () => lookAtClipboard(process.env['DISPLAY'] ?? '')

/** What a delivery does with the clipboard, from keeping it to putting it back. */
async function deliver(): Promise<void> {
  const putBack = await desktop.keepClipboard()
  expect(await desktop.click({ windowId, point })).toBeUndefined()
  const offer = await desktop.offerText('a message', windowId)
  const keys = ['A', 'V', 'A', 'C'].map((key) => ['LeftControl', key] as const) as never[]
  expect(await desktop.press({ windowId }, ...keys)).toBeUndefined()
  await expect.poll(() => offer.copied).toBe('a message')
  await putBack()
}

test('the clipboard of a stopped program is left alone until it goes on, and then given back', async () => {
  const owner = await holds('clipboard', 'a person’s text')
  expect(await seen()).toContainEqual({ what: 'copied', program: 'xclip', isStopped: false })
  await halt(owner.pid ?? 0)
  expect(await seen()).toContainEqual({ what: 'copied', program: 'xclip', isStopped: true })
  await expect(desktop.keepClipboard()).rejects.toThrow(ClipboardUnread)
  owner.kill('SIGCONT')
  await expect
    .poll(async () =>
      desktop.keepClipboard().then(
        () => 'kept',
        () => 'unread',
      ),
    )
    .toBe('kept')
  await deliver()
  expect(String(await xclipReads('clipboard'))).toBe('a person’s text')
})

test('a program that answers late, when nobody waits any more, is none the worse for it', async () => {
  const owner = await holds('clipboard', 'a person’s text')
  await halt(owner.pid ?? 0)
  await expect(desktop.readText()).rejects.toThrow('did not answer')
  await desktop.pointer()
  owner.kill('SIGCONT')
  await expect.poll(async () => desktop.readText().catch(() => undefined)).toBe('a person’s text')
  for (let again = 0; again < 3; again++)
    expect(String(await xclipReads('clipboard'))).toBe('a person’s text')
  expect(owner.exitCode).toBeNull()
})

test('while an input is only looked at, a clipboard manager gets what the person had copied', async () => {
  await holds('clipboard', 'a person’s text')
  const putBack = await desktop.keepClipboard()
  const offer = await desktop.offerText('', windowId)
  expect(String(await xclipReads('clipboard'))).toBe('a person’s text')
  expect(offer.stolen).toBe(false)
  await putBack()
})

test('a picture of 50 MB is there again, whole', async () => {
  const picture = randomFillSync(Buffer.alloc(50_000_000))
  await holds('clipboard', picture, 'image/png')
  await deliver()
  expect((await xclipReads('clipboard', 'image/png'))?.equals(picture)).toBe(true)
})

test('what a person has marked can be pasted as before, and nothing of ours with it', async () => {
  await holds('primary', 'a person’s mark')
  await deliver()
  expect(String(await xclipReads('primary'))).toBe('a person’s mark')
  // Once more, now that the mark is ours to give.
  await deliver()
  expect(String(await xclipReads('primary'))).toBe('a person’s mark')
})

test('where nothing was marked, nothing is', async () => {
  const owner = await holds('primary', 'x')
  owner.kill('SIGKILL')
  await expect.poll(() => xclipReads('primary')).toBeUndefined()
  await deliver()
  expect(await xclipReads('primary')).toBeUndefined()
})

test('a mark that a person makes meanwhile stays', async () => {
  await holds('primary', 'a person’s mark')
  const putBack = await desktop.keepClipboard()
  await desktop.offerText('a message', windowId)
  await holds('primary', 'a new mark')
  await putBack()
  expect(String(await xclipReads('primary'))).toBe('a new mark')
})

test('a program that pastes over a second connection gets the message, never what the person had copied', async () => {
  await holds('clipboard', 'a person’s text')
  const program = spawn('node', ['test/harness/two-connections.mjs'], { stdio: ['pipe', 'pipe', 'inherit'] })
  programs.push(program)
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]()
  const next = async () => String((await lines.next()).value)
  const window = await next()
  const putBack = await desktop.keepClipboard()
  const offer = await desktop.offerText('a message', window)
  program.stdin.write('paste\n')
  expect(await next()).toBe(JSON.stringify({ got: 'a message' }))
  expect(offer.taken).toBe(true)
  const another = await desktop.offerText('for Left', windowId)
  program.stdin.write('paste\n')
  expect(await next()).toBe(JSON.stringify({ got: null }))
  expect(another.taken).toBe(false)
  await putBack()
})
