import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Desktop } from '../../src/main/desktop/desktop'
import { connectX11 } from '../../src/main/desktop/x11/connection'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { realKeyboard } from '../harness/real-keyboard'
import { xdotool } from '../harness/xdotool'

// The real X server, and another program that uses it at the same instant. The windows are terminals: what each gets is
// what the server gave it, whatever its program thinks of having the focus.

const PRESSES = 300
/** The window manager reads the keyboard anew each time that another one is used, hundreds of times in some tests here: the next one waits for it. */
const CAUGHT_UP = { timeout: 50_000 }
/** So many at least must be made, or refused, for a test to have shown anything. */
const ENOUGH = 20

let desktop: Desktop
let folder: string
let programs: ChildProcess[]

beforeEach(async () => {
  desktop = await openX11Desktop(process.env['DISPLAY'] ?? '')
  folder = mkdtempSync(join(tmpdir(), 'waggle-pressing-'))
  programs = []
})
afterEach(async () => {
  desktop.close()
  for (const program of programs) program.kill()
  rmSync(folder, { recursive: true })
})

const typedInto = (name: string) => readFileSync(join(folder, name), 'utf8')

/** Opens a terminal whose program notes every key; answers with its window. */
async function openTerminal(name: string, place: string): Promise<string> {
  const program = `stty raw -echo; cat > '${join(folder, name)}'`
  const args = ['-T', name, '-geometry', place, '-e', 'bash', '-c', program]
  programs.push(spawn('xterm', args, { stdio: 'ignore' }))
  await expect.poll(() => windowOf(name), CAUGHT_UP).toBeDefined()
  // Before it is raw, Ctrl+C would end the program.
  await expect.poll(() => existsSync(join(folder, name))).toBe(true)
  const id = await windowOf(name)
  await desktop.raise(id ?? '')
  await expect.poll(() => desktop.activeWindow(), CAUGHT_UP).toBe(id)
  return id ?? ''
}

const windowOf = async (name: string) => (await desktop.windows()).find(({ title }) => title === name)?.id

/** Another program that gives the focus to each of the windows in turn, every half millisecond or so: faster, and the window manager is left behind for long. */
function startThief(windows: readonly string[]): ChildProcess {
  const thief = spawn('xdotool', ['-'], { stdio: ['pipe', 'ignore', 'inherit'] })
  programs.push(thief)
  // It is killed before it has read them all.
  thief.stdin.on('error', () => undefined)
  thief.stdin.end(`${windows.map((id) => `windowfocus ${id}\nsleep 0.0005`).join('\n')}\n`.repeat(20_000))
  return thief
}

test('while another program moves the focus to and fro, not one key goes astray', async () => {
  const right = await openTerminal('right', '40x10+600+60')
  const left = await openTerminal('left', '40x10+40+60')
  const thief = startThief([left, right])
  let [made, refused] = [0, 0]
  // On a busy machine one of the two may have the processor for long.
  while (thief.exitCode === null && (made + refused < PRESSES || Math.min(made, refused) < ENOUGH)) {
    if ((await desktop.press({ windowId: left }, ['Add'])) === undefined) made += 1
    else refused += 1
  }
  expect(thief.exitCode, 'the thief was there to the end').toBeNull()
  thief.kill()
  await once(thief, 'exit')
  await expect.poll(() => typedInto('left').length).toBe(made)
  expect(typedInto('right')).toBe('')
})

const CONTROL = { a: '\u0001', c: '\u0003' }
/** Scroll Lock: it types nothing anywhere. */
const SILENT_KEY = 78
const selectAndCopy = [
  ['LeftControl', 'A'],
  ['LeftControl', 'C'],
] as const

/** What a terminal got of the presses that were made: each a Ctrl+A and a Ctrl+C. */
const chordsOf = (made: number) => `${CONTROL.a}${CONTROL.c}`.repeat(made)

test('a program that lets go of the modifiers all the time, grab or not, turns no chord into a letter', async () => {
  const id = await openTerminal('left', '40x10+40+60')
  const thief = spawn('node', ['test/harness/key-thief.mjs'], { stdio: ['ignore', 'pipe', 'inherit'] })
  programs.push(thief)
  await once(thief.stdout, 'data')
  let made = 0
  for (let press = 0; press < PRESSES || made < ENOUGH; press++) {
    if ((await desktop.press({ windowId: id }, ...selectAndCopy)) === undefined) made += 1
  }
  expect(thief.exitCode, 'the thief was there to the end').toBeNull()
  thief.kill()
  await once(thief, 'exit')
  await expect.poll(() => typedInto('left')).toBe(chordsOf(made))
})

/**
 * Fewer, since each change of the keyboard that was used last keeps the window manager busy for some milliseconds: the next
 * tests' windows wait behind thousands of them. Without our care nearly each of these goes wrong.
 */
const COLLISIONS = 60
const secondKeyboard = ['test/harness/second-keyboard.mjs', String(SILENT_KEY)] as const

test.each([
  ['while a second keyboard with another layout is typed on all the time', [secondKeyboard]],
  [
    'while one is, and a program on our own keyboard lets go of the modifiers',
    [secondKeyboard, ['test/harness/key-thief.mjs']],
  ],
])('no letter becomes another one %s', async (_when, others) => {
  const id = await openTerminal('left', '40x10+40+60')
  const layouts = await connectX11(process.env['DISPLAY'] ?? '')
  const hand = await realKeyboard(layouts)
  hand.layout('fr')
  try {
    const thieves = others.map((one) => spawn('node', one, { stdio: ['ignore', 'pipe', 'inherit'] }))
    programs.push(...thieves)
    for (const { stdout } of thieves) await once(stdout, 'data')
    let made = 0
    for (let press = 0; press < COLLISIONS || made < ENOUGH; press++) {
      if ((await desktop.press({ windowId: id }, ...selectAndCopy)) === undefined) made += 1
    }
    for (const thief of thieves) {
      expect(thief.exitCode, 'the thief was there to the end').toBeNull()
      thief.kill()
      await once(thief, 'exit')
    }
    await expect.poll(() => typedInto('left')).toBe(chordsOf(made))
  } finally {
    hand.layout('us')
    layouts.close()
  }
})

test('no key is pressed while any other is held, which would repeat into the window or swallow ours', async () => {
  const id = await openTerminal('left', '40x10+40+60')
  const other = await openTerminal('right', '40x10+600+60')
  try {
    xdotool('keydown', 'a')
    await desktop.raise(id)
    await expect.poll(() => desktop.activeWindow(), CAUGHT_UP).toBe(id)
    expect(await desktop.press({ windowId: id }, ...selectAndCopy)).toBe('key-held')
    expect(await desktop.unsafeKeys()).toBe('key-held')
  } finally {
    xdotool('keyup', 'a')
  }
  expect(other).not.toBe(id)
  expect(await desktop.press({ windowId: id }, ...selectAndCopy)).toBeUndefined()
  await expect.poll(() => typedInto('left').replaceAll('a', '')).toBe(chordsOf(1))
})

test('a letter is not struck where the key of its modifier sets none', async () => {
  const id = await openTerminal('left', '40x10+40+60')
  try {
    execFileSync('xmodmap', ['-e', 'clear control'])
    expect(await desktop.press({ windowId: id }, ...selectAndCopy)).toBe('modifier-unseen')
  } finally {
    execFileSync('xmodmap', ['-e', 'add control = Control_L Control_R'])
  }
  expect(await desktop.press({ windowId: id }, ...selectAndCopy)).toBeUndefined()
  await expect.poll(() => typedInto('left')).toBe(chordsOf(1))
})
