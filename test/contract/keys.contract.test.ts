import { execFileSync } from 'node:child_process'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTypingStage, type TypingStage } from '../harness/typing-stage'
import { xdotool } from '../harness/xdotool'

// Keyboards as people have them: what arrives is the text, or nothing at all and the true reason.

const modifiers = [
  ['Shift', 0x01],
  ['Control', 0x04],
  ['Alt', 0x08],
  ['Super', 0x40],
  ['AltGr', 0x80],
] as const

let stage: TypingStage

beforeAll(async () => {
  stage = await openTypingStage()
})
afterAll(async () => stage.close())
beforeEach(async () => stage.begin())
afterEach(async () => stage.tidy())

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
    expect(await stage.desktop.unsafeKeys()).toBeUndefined()
    expect(await stage.deliver()).toBeUndefined()
  })

  test('on the person’s keyboard alone: the text arrives, whichever was used last', async () => {
    execFileSync('setxkbmap', ['us'])
    stage.hand.layout(...layout)
    await stage.hand.tap(65)
    expect(await stage.deliver()).toBeUndefined()
    await stage.hand.tap(65)
    expect(await stage.deliver()).toBeUndefined()
  })

  test('on the virtual keyboard alone: the text arrives', async () => {
    execFileSync('setxkbmap', layout)
    stage.hand.layout('us')
    await stage.hand.tap(65)
    expect(await stage.deliver()).toBeUndefined()
  })
})

test('keys that we have down ourselves are no reason to wait: who asks meanwhile hears of others alone', async () => {
  const answers = []
  for (let times = 0; times < 20; times++) {
    const pressing = stage.desktop.press(
      { windowId: stage.windowId },
      ['LeftControl', 'A'],
      ['LeftControl', 'End'],
    )
    for (let asks = 0; asks < 5; asks++) {
      answers.push(await stage.desktop.unsafeKeys())
      await new Promise(setImmediate)
    }
    await pressing
  }
  expect(new Set(answers)).toEqual(new Set([undefined]))
})

test('of two layouts the present one does not matter, and stays', async () => {
  execFileSync('setxkbmap', ['us,ru'])
  for (const group of [0, 1]) {
    stage.lockGroup(group)
    expect(await stage.deliver(), `group ${group}`).toBeUndefined()
    expect(await stage.desktop.unsafeKeys()).toBeUndefined()
    const state = await stage.other.ask<{ group: number; lockedGroup: number }>((done) =>
      stage.other.extensions.xkb.GetState(0x100, done),
    )
    expect([state.group, state.lockedGroup]).toEqual([group, group])
  }
})

test.each(modifiers)(
  'with %s locked, latched or held nothing arrives, until it is not',
  async (name, mask) => {
    stage.lock(mask)
    await stage.settled()
    await stage.nothingArrives('modifier-locked')
    stage.lock(0)
    stage.latch(mask)
    await stage.settled()
    await stage.nothingArrives('modifier-latched')
    stage.latch(0)
    await stage.settled()
    const key = name === 'AltGr' ? 'ISO_Level3_Shift' : `${name}_L`
    if (name === 'AltGr') execFileSync('setxkbmap', ['de'])
    xdotool('keydown', key)
    try {
      await stage.nothingArrives('key-held')
    } finally {
      xdotool('keyup', key)
    }
    expect(await stage.deliver()).toBeUndefined()
  },
)

test('Caps Lock and Num Lock change nothing', async () => {
  for (const mask of [0x02, 0x10, 0x12]) {
    stage.lock(mask)
    await stage.settled()
    expect(await stage.deliver(), String(mask)).toBeUndefined()
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
    await stage.nothingArrives(reason)
  } finally {
    execFileSync('xkbset', [`-${feature[0]}`])
  }
  expect(await stage.deliver()).toBeUndefined()
})

test('keys do not go to a program that has taken the keyboard for itself', async () => {
  const grab = async () =>
    stage.other.ask<number>((done) => stage.other.client.GrabKeyboard(stage.other.root, false, 0, 1, 1, done))
  expect(await grab()).toBe(0)
  await stage.nothingArrives('keyboard-grabbed')
  stage.other.client.UngrabKeyboard(0)
  await stage.settled()
  expect(await stage.deliver()).toBeUndefined()
})

test.each([
  ['the screen', 0],
  ['the screen but for a pixel at each edge', 1],
])('a program that fills %s and has the keyboard is told as what it mostly is: a locker', async (_, edge) => {
  const { client, root, size } = stage.other
  const locker = client.AllocID()
  const [width, height] = [size.width - 2 * edge, size.height - 2 * edge]
  client.CreateWindow(locker, root, edge, edge, width, height, 0, 0, 0, 0, { overrideRedirect: true })
  client.MapWindow(locker)
  expect(await stage.desktop.unsafeKeys()).toBeUndefined()
  const grab = async () =>
    stage.other.ask<number>((done) => client.GrabKeyboard(locker, false, 0, 1, 1, done))
  expect(await grab()).toBe(0)
  expect(await stage.desktop.unsafeKeys()).toBe('screen-taken')
  client.DestroyWindow(locker)
  await stage.settled()
  expect(await stage.desktop.unsafeKeys()).toBeUndefined()
})
