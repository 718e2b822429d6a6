import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Desktop, MarkAim } from '../../src/main/desktop/desktop'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { xclipHolds, xclipReads } from '../harness/xclip'
import { xdotool } from '../harness/xdotool'

// What a terminal without a tree shows, read by marking it: the program in it asks for every move of the mouse.

let desktop: Desktop
beforeAll(async () => {
  desktop = await openX11Desktop(process.env['DISPLAY'] ?? '')
})
afterAll(() => desktop.close())

/** Its window, in front, and what its program has read. */
async function open(terminal: string): Promise<{ aim: MarkAim; read(): string }> {
  const folder = mkdtempSync(join(tmpdir(), 'waggle-marking-'))
  const log = join(folder, 'log')
  const program = [process.execPath, resolve('test/terminals/tracks-mouse.mjs'), log]
  const env = { ...process.env, LANG: 'C.UTF-8' }
  const child = spawn(terminal, ['-e', ...program], { stdio: 'ignore', env })
  onTestFinished(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  await expect.poll(() => existsSync(log)).toBe(true)
  const window = (await desktop.windows()).find(({ pid }) => pid === child.pid)
  if (!window) throw new Error('no window')
  await desktop.raise(window.id)
  await expect.poll(() => desktop.activeWindow()).toBe(window.id)
  return { aim: { windowId: window.id, rect: window.rect }, read: () => readFileSync(log, 'latin1') }
}

describe.each(['xterm', 'st'])('in a window of %s', (terminal) => {
  test('all that it shows is read, its program hears nothing of that, and a person’s mark is there again', async () => {
    const holder = xclipHolds('primary', 'a person’s mark')
    onTestFinished(() => void holder.kill())
    await expect.poll(async () => String(await xclipReads('primary'))).toBe('a person’s mark')
    const { aim, read } = await open(terminal)
    const putBack = await desktop.keepClipboard()
    const marked = async () => {
      const seen = await desktop.readMarked(aim)
      return typeof seen === 'string' ? [seen] : seen.text.split('\n').map((row) => row.trimEnd())
    }
    // Its program has written before its window shows that.
    await expect.poll(async () => (await marked())[0]).toMatch(/^tick/)
    for (let again = 0; again < 5; again++) {
      const rows = await marked()
      expect(rows[0]).toMatch(/^tick \d+$/)
      expect(rows.slice(1, 6)).toEqual(['häßlich 日本語', rows[2], '❯', rows[2], '  ? for shortcuts'])
      expect(rows[2]).toMatch(/^─{40,}$/)
      // A slow alacritty scrolls back where a drag comes near its upper end, and shows no prompt from then on.
      expect((await desktop.pointer()).y - aim.rect.y).toBeGreaterThanOrEqual(12)
    }
    await putBack()
    expect(read()).toBe('')
    expect(String(await xclipReads('primary'))).toBe('a person’s mark')
  })

  test('a text that is offered as if it were marked is pasted by its key, and nothing else', async () => {
    const { aim, read } = await open(terminal)
    const before = await xclipReads('primary')
    const putBack = await desktop.keepClipboard()
    await desktop.readMarked(aim)
    const offer = await desktop.offerText('the message', aim.windowId, 'primary')
    expect(await desktop.press(aim, ['LeftShift', 'Insert'])).toBeUndefined()
    await expect.poll(() => offer.taken).toBe(true)
    await expect.poll(read).toBe('\u001b[200~the message\u001b[201~')
    await putBack()
    expect(await xclipReads('primary')).toEqual(before)
  })
})

test('nothing is marked where another window lies over it, or a person is at the mouse', async () => {
  const { aim } = await open('xterm')
  const before = await xclipReads('primary')
  const putBack = await desktop.keepClipboard()
  xdotool('mousemove_relative', '3', '3')
  expect(await desktop.readMarked({ ...aim, restMs: 60_000 })).toBe('person-active')
  await open('st')
  expect(await desktop.readMarked(aim)).toBe('covered')
  await putBack()
  expect(await xclipReads('primary')).toEqual(before)
})

test('what a window of alacritty shows is read whole in drags in short order, which it would take for double clicks', async () => {
  const { aim, read } = await open('alacritty')
  const putBack = await desktop.keepClipboard()
  const marked = async () => {
    const seen = await desktop.readMarked({ ...aim, countsClicks: true })
    return typeof seen === 'string' ? seen : seen.text
  }
  await expect.poll(marked).toMatch(/^tick/)
  for (let again = 0; again < 100; again++) {
    const text = await marked()
    // Drawn anew meanwhile, it marks nothing.
    if (text !== '') expect(text).toMatch(/^tick/)
  }
  await putBack()
  // Its program hears of a move, and of no button.
  const heard = [...read().matchAll(/\[<(\d+);/g)].map(([, code]) => Number(code))
  expect(heard.filter((code) => (code & 32) === 0)).toEqual([])
})
