import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startVirtualDesktop, type VirtualDesktop } from '../../scripts/desktop.mjs'
import './desk'
import { openTypingStage, type TypingStage } from '../harness/typing-stage'

// Each layout, on both keyboards or on one of the two, with each modifier held, latched and locked, and with each of
// AccessX's features: what arrives is the text, or nothing at all and the true reason.

const SPACE = 65
const modifiers = [
  ['Shift', 0x01, 50],
  ['Control', 0x04, 37],
  ['Alt', 0x08, 64],
  ['Super', 0x40, 133],
  ['AltGr', 0x80, 108],
] as const
const features = [
  ['slow-keys', 'sl', '300'],
  ['bounce-keys', 'bo', '300'],
  ['sticky-keys', 'st'],
  ['mouse-keys', 'm'],
] as const
const layouts = ['us', 'de', 'fr', 'ru', 'us,ru', 'gr', 'il', 'us -variant dvorak', 'tr', 'jp']

let desktop: VirtualDesktop
let stage: TypingStage

beforeAll(async () => {
  desktop = await startVirtualDesktop()
  for (const [name, value] of Object.entries(desktop.env)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  stage = await openTypingStage()
})
afterAll(async () => {
  await stage.close()
  await desktop.stop()
})
beforeEach(async () => {
  await stage.tidy()
  await stage.begin()
})

const keyboards: Readonly<Record<string, (layout: readonly string[]) => Promise<void>>> = {
  'on both keyboards': async (layout) => void execFileSync('setxkbmap', layout),
  'on the person’s alone': async (layout) => {
    stage.hand.layout(...layout)
    // Used last, it is the one whose map programs see.
    await stage.hand.tap(SPACE)
  },
  'on the programs’ alone': async (layout) => {
    execFileSync('setxkbmap', layout)
    stage.hand.layout('us')
    await stage.hand.tap(SPACE)
  },
}

/** While it is on nothing may arrive. */
async function refusesWhile(on: () => unknown, reason: string, off: () => unknown): Promise<void> {
  await stage.begin()
  await on()
  await stage.settled()
  try {
    await stage.nothingArrives(reason)
  } finally {
    await off()
    await stage.settled()
  }
}

describe.each(layouts)('%s', (layout) => {
  test.for(Object.entries(keyboards))('%s', async ([, put], { task }) => {
    await put(layout.split(' '))
    const { lock, latch, hand, deliver, keysSeen } = stage
    expect(await deliver()).toBeUndefined()
    for (const [name, mask, code] of modifiers) {
      const press = async () => {
        const before = await keysSeen()
        await hand.hold(code, true)
        // It is the person's own, and may come late.
        await expect.poll(keysSeen).toBe(before + 1)
      }
      await refusesWhile(press, 'key-held', async () => hand.hold(code, false))
      await refusesWhile(
        () => latch(mask),
        'modifier-latched',
        () => latch(0),
      )
      await refusesWhile(
        () => lock(mask),
        'modifier-locked',
        () => lock(0),
      )
      expect(await deliver(), name).toBeUndefined()
    }
    for (const [reason, ...feature] of features) {
      await refusesWhile(
        () => execFileSync('xkbset', feature),
        reason,
        () => execFileSync('xkbset', [`-${feature[0]}`]),
      )
      expect(await deliver(), reason).toBeUndefined()
    }
    task.meta.cell = 'ok'
  })
})
