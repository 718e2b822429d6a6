import { execFileSync } from 'node:child_process'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Desktop } from '../../src/main/desktop/desktop'
import { connectX11, type X11Connection } from '../../src/main/desktop/x11/connection'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { startAgents, type Agents } from '../harness/agents'
import { realKeyboard, type RealKeyboard } from '../harness/real-keyboard'
import { xdotool } from '../harness/xdotool'

// Keyboards as people have them: what arrives is the text, or nothing at all and the true reason.

const CORE = 0x100
const modifiers = [
  ['Shift', 0x01],
  ['Control', 0x04],
  ['Alt', 0x08],
  ['Super', 0x40],
  ['AltGr', 0x80],
] as const

let desktop: Desktop
let other: X11Connection
let agents: Agents
let hand: RealKeyboard
let windowId: string
let point: { x: number; y: number }

beforeAll(async () => {
  const display = process.env['DISPLAY'] ?? ''
  ;[desktop, other, agents] = await Promise.all([
    openX11Desktop(display),
    connectX11(display),
    startAgents({ agents: [{ name: 'Left' }] }),
  ])
  hand = await realKeyboard(other)
  const [x, y] = (await agents.window('Left')).input
  point = { x, y }
  windowId = (await desktop.windows()).find(({ title }) => title === 'Left: chat')?.id ?? ''
})
afterAll(async () => {
  desktop.close()
  other.close()
  await agents.stop()
})
beforeEach(async () => {
  expect(await desktop.click({ windowId, point })).toBeUndefined()
  await agents.setDraft('Left', '')
})
afterEach(async () => {
  lock(0)
  latch(0)
  lockGroup(0)
  await settled()
  execFileSync('setxkbmap', ['us'])
})

const { lock, latch, lockGroup } = {
  lock: (mask: number) => other.extensions.xkb.LatchLockState(CORE, 0xff, mask, false, 0, 0, 0, false, 0),
  latch: (mask: number) => other.extensions.xkb.LatchLockState(CORE, 0, 0, false, 0, 0xff, mask, false, 0),
  lockGroup: (group: number) => other.extensions.xkb.LatchLockState(CORE, 0, 0, true, group, 0, 0, false, 0),
}
const settled = async () => other.property(other.root, '_NET_WM_NAME')

let count = 0
/** Pastes a text over what stands there and reads it back; answers with what stood in the way. */
async function deliver() {
  const text = `text ${++count}`
  const offer = await desktop.offerText(text, windowId)
  const keys = [
    ['LeftControl', 'A'],
    ['LeftControl', 'V'],
    ['LeftControl', 'A'],
    ['LeftControl', 'C'],
    ['LeftControl', 'End'],
    ['Add'],
  ] as const
  const miss = await desktop.press({ windowId }, ...keys)
  if (miss) return miss
  await expect.poll(() => offer.copied).toBe(text)
  await expect.poll(() => agents.readInput('Left')).toBe(`${text}+`)
  return undefined
}

async function nothingArrives(reason: string): Promise<void> {
  const { keys } = await agents.seen('Left')
  const away = { x: 7, y: 9 }
  await desktop.movePointer(away)
  expect(await desktop.unsafeKeys()).toBe(reason)
  expect(await desktop.click({ windowId, point })).toBe(reason)
  expect(await desktop.pointer()).toEqual(away)
  expect(await deliver()).toBe(reason)
  expect(await agents.readInput('Left')).toBe('')
  const after = await agents.seen('Left')
  expect(after.keys).toBe(keys)
}

describe.each([
  ['us', 'us'],
  ['de', 'de'],
  ['fr', 'fr'],
  ['dvorak', 'us', '-variant', 'dvorak'],
  ['ru', 'ru'],
  ['gr', 'gr'],
  ['il', 'il'],
])('layout %s', (_, ...layout) => {
  test('the text arrives', async () => {
    execFileSync('setxkbmap', layout)
    expect(await desktop.unsafeKeys()).toBeUndefined()
    expect(await deliver()).toBeUndefined()
  })

  test('on the person’s keyboard alone: the text arrives, whichever was used last', async () => {
    execFileSync('setxkbmap', ['us'])
    hand.layout(...layout)
    await hand.tap(65)
    expect(await deliver()).toBeUndefined()
    await hand.tap(65)
    expect(await deliver()).toBeUndefined()
  })

  test('on the virtual keyboard alone: the text arrives', async () => {
    execFileSync('setxkbmap', layout)
    hand.layout('us')
    await hand.tap(65)
    expect(await deliver()).toBeUndefined()
  })
})

test('keys that we have down ourselves are no reason to wait: who asks meanwhile hears of others alone', async () => {
  const answers = []
  for (let times = 0; times < 20; times++) {
    const pressing = desktop.press({ windowId }, ['LeftControl', 'A'], ['LeftControl', 'End'])
    for (let asks = 0; asks < 5; asks++) {
      answers.push(await desktop.unsafeKeys())
      await new Promise(setImmediate)
    }
    await pressing
  }
  expect(new Set(answers)).toEqual(new Set([undefined]))
})

test('of two layouts the present one does not matter, and stays', async () => {
  execFileSync('setxkbmap', ['us,ru'])
  for (const group of [0, 1]) {
    lockGroup(group)
    expect(await deliver(), `group ${group}`).toBeUndefined()
    expect(await desktop.unsafeKeys()).toBeUndefined()
    const state = await other.ask<{ group: number; lockedGroup: number }>((done) =>
      other.extensions.xkb.GetState(CORE, done),
    )
    expect([state.group, state.lockedGroup]).toEqual([group, group])
  }
})

test.each(modifiers)(
  'with %s locked, latched or held nothing arrives, until it is not',
  async (name, mask) => {
    lock(mask)
    await settled()
    await nothingArrives('modifier-locked')
    lock(0)
    latch(mask)
    await settled()
    await nothingArrives('modifier-latched')
    latch(0)
    await settled()
    const key = name === 'AltGr' ? 'ISO_Level3_Shift' : `${name}_L`
    if (name === 'AltGr') execFileSync('setxkbmap', ['de'])
    xdotool('keydown', key)
    try {
      await nothingArrives('key-held')
    } finally {
      xdotool('keyup', key)
    }
    expect(await deliver()).toBeUndefined()
  },
)

test('Caps Lock and Num Lock change nothing', async () => {
  for (const mask of [0x02, 0x10, 0x12]) {
    lock(mask)
    await settled()
    expect(await deliver(), String(mask)).toBeUndefined()
  }
})

test.each([
  ['slow-keys', 'sl', '300'],
  ['bounce-keys', 'bo', '300'],
  ['sticky-keys', 'st'],
  ['mouse-keys', 'm'],
])('with %s on nothing arrives, until they are off', async (reason, ...feature) => {
  execFileSync('xkbset', feature)
  try {
    await nothingArrives(reason)
  } finally {
    execFileSync('xkbset', [`-${feature[0]}`])
  }
  expect(await deliver()).toBeUndefined()
})

test('keys do not go to a program that has taken the keyboard for itself', async () => {
  const grab = async () =>
    other.ask<number>((done) => other.client.GrabKeyboard(other.root, false, 0, 1, 1, done))
  expect(await grab()).toBe(0)
  await nothingArrives('keyboard-grabbed')
  other.client.UngrabKeyboard(0)
  await settled()
  expect(await deliver()).toBeUndefined()
})

test('a program that fills the screen and has the keyboard is told as what it mostly is: a locker', async () => {
  const { client, root, size } = other
  const locker = client.AllocID()
  client.CreateWindow(locker, root, 0, 0, size.width, size.height, 0, 0, 0, 0, { overrideRedirect: true })
  client.MapWindow(locker)
  expect(await desktop.unsafeKeys()).toBeUndefined()
  const grab = async () => other.ask<number>((done) => client.GrabKeyboard(locker, false, 0, 1, 1, done))
  expect(await grab()).toBe(0)
  expect(await desktop.unsafeKeys()).toBe('screen-taken')
  client.DestroyWindow(locker)
  await settled()
  expect(await desktop.unsafeKeys()).toBeUndefined()
})
