import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { connectX11 } from '../../src/main/desktop/x11/connection'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { realKeyboard } from '../harness/real-keyboard'
import { xdotool } from '../harness/xdotool'
import {
  CAUGHT_UP,
  chordsOf,
  describePressing,
  selectAndCopy,
  type Meddler,
  type PressingStage,
} from './pressing-contract'

// The real X server, and another program that uses it at the same instant. The windows are terminals: what each gets is
// what the server gave it, whatever its program thinks of having the focus.

/** Scroll Lock: it types nothing anywhere. */
const SILENT_KEY = 78
const PRESSES = 300
/** So many at least must be made for a test to have shown anything. */
const ENOUGH = 20
const display = process.env['DISPLAY'] ?? ''
const places = ['40x10+600+60', '40x10+40+60']

describePressing('X11', x11Stage)

async function x11Stage(): Promise<PressingStage> {
  const desktop = await openX11Desktop(display)
  const folder = mkdtempSync(join(tmpdir(), 'waggle-pressing-'))
  const programs: ChildProcess[] = []
  const free = [...places]
  const windowOf = async (name: string) => (await desktop.windows()).find(({ title }) => title === name)?.id
  // This process stands still for xdotool: the end of a grab must have left it before.
  const person = async (...args: readonly string[]) => {
    await desktop.pointer()
    xdotool(...args)
  }
  return {
    desktop,
    async open(name) {
      const program = `stty raw -echo; cat > '${join(folder, name)}'`
      const args = ['-T', name, '-geometry', free.pop() ?? '', '-e', 'bash', '-c', program]
      programs.push(spawn('xterm', args, { stdio: 'ignore' }))
      // A window manager that is behind may take it off the screen once more while it frames it.
      let id: string | undefined
      await expect.poll(async () => (id ??= await windowOf(name)), CAUGHT_UP).toBeDefined()
      if (id === undefined) throw new Error(`The window ${name} is not there.`)
      // Before it is raw, Ctrl+C would end the program.
      await expect.poll(() => existsSync(join(folder, name))).toBe(true)
      await desktop.raise(id)
      await expect.poll(async () => desktop.activeWindow(), CAUGHT_UP).toBe(id)
      return id
    },
    typedInto: async (name) => readFileSync(join(folder, name), 'utf8'),
    moveFocus: async (ids) => moveFocus(ids),
    letGoOfModifiers: async () => meddler(['test/harness/key-thief.mjs']),
    hold: async (key) => person('keydown', key),
    letGo: async (key) => person('keyup', key),
    isAtOnce: true,
    presses: PRESSES,
    async end() {
      desktop.close()
      for (const program of programs) program.kill()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Every half millisecond or so: faster, and the window manager is left behind for long. */
function moveFocus(ids: readonly string[]): Meddler {
  const thief = spawn('xdotool', ['-'], { stdio: ['pipe', 'ignore', 'inherit'] })
  // It is killed before it has read them all.
  thief.stdin.on('error', () => undefined)
  thief.stdin.end(`${ids.map((id) => `windowfocus ${id}\nsleep 0.0005`).join('\n')}\n`.repeat(20_000))
  return stoppable(thief)
}

async function meddler(args: readonly string[]): Promise<Meddler> {
  const program = spawn('node', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(program.stdout, 'data')
  return stoppable(program)
}

function stoppable(program: ChildProcess): Meddler {
  onTestFinished(() => void program.kill())
  return {
    isThere: () => program.exitCode === null,
    async stop() {
      program.kill()
      await once(program, 'exit')
    },
  }
}

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
  const stage = await x11Stage()
  onTestFinished(stage.end)
  const id = await stage.open('left')
  const layouts = await connectX11(display)
  const hand = await realKeyboard(layouts)
  hand.layout('fr')
  try {
    const thieves = await Promise.all(others.map(async (one) => meddler(one)))
    let made = 0
    for (let press = 0; press < COLLISIONS || made < ENOUGH; press++) {
      if ((await stage.desktop.press({ windowId: id }, ...selectAndCopy)) === undefined) made += 1
    }
    for (const thief of thieves) {
      expect(thief.isThere(), 'the thief was there to the end').toBe(true)
      await thief.stop()
    }
    await expect.poll(async () => stage.typedInto('left')).toBe(chordsOf(made))
  } finally {
    hand.layout('us')
    // The server may have missed that change: what other programs press would go by the old map until this key.
    await hand.tap(SILENT_KEY)
    layouts.close()
  }
})

test('a letter is not struck where the key of its modifier sets none', async () => {
  const stage = await x11Stage()
  onTestFinished(stage.end)
  const id = await stage.open('left')
  try {
    execFileSync('xmodmap', ['-e', 'clear control'])
    expect(await stage.desktop.press({ windowId: id }, ...selectAndCopy)).toBe('modifier-unseen')
  } finally {
    execFileSync('xmodmap', ['-e', 'add control = Control_L Control_R'])
  }
  expect(await stage.desktop.press({ windowId: id }, ...selectAndCopy)).toBeUndefined()
  await expect.poll(async () => stage.typedInto('left')).toBe(chordsOf(1))
})
