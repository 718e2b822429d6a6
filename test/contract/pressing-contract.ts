import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Desktop } from '../../src/main/desktop/desktop'

/** Another program that uses the desktop at the same instant, over and over. */
export interface Meddler {
  isThere(): boolean
  stop(): Promise<void>
}

/** Windows whose program notes every key that the system gives it. */
export interface PressingStage {
  readonly desktop: Desktop
  /** Opens one, with the focus, beside those that are there; answers with its id. */
  open(name: Name): Promise<string>
  /** What a terminal would have been given: a letter for a key, a control character for a chord. */
  typedInto(name: Name): Promise<string>
  /** Gives the focus to each of the windows in turn. */
  moveFocus(ids: readonly string[]): Promise<Meddler>
  /** Lets go of the modifiers all the time. */
  letGoOfModifiers(): Promise<Meddler>
  hold(key: 'a'): Promise<void>
  letGo(key: 'a'): Promise<void>
  /** Where the system looks and presses in one go no key may go astray, whatever others do. */
  readonly isAtOnce: boolean
  /** How often a key is pressed for something to come in between. */
  readonly presses: number
  end(): Promise<void>
}

type Name = 'left' | 'right'

/** A window manager may be left behind by what some tests here do: the next one waits for it. */
export const CAUGHT_UP = { timeout: 50_000 }

const CONTROL = { a: '\u0001', c: '\u0003' }
export const selectAndCopy = [
  ['LeftControl', 'A'],
  ['LeftControl', 'C'],
] as const

/** What a window has noted of so many presses of these. */
export const chordsOf = (presses: number) => `${CONTROL.a}${CONTROL.c}`.repeat(presses)

/** What every desktop must do when another program uses it at the very moment of our own acts. */
export function describePressing(name: string, open: () => Promise<PressingStage>): void {
  describe(`pressing beside other programs: ${name}`, () => pressingTests(open))
}

function pressingTests(open: () => Promise<PressingStage>): void {
  let stage: PressingStage

  beforeEach(async () => {
    stage = await open()
  })
  afterEach(async () => {
    await stage.letGo('a')
    await stage.end()
  })

  test('while another program moves the focus to and fro no refused key is pressed, and none goes astray unnoticed', async () => {
    const { desktop, presses, isAtOnce } = stage
    const right = await stage.open('right')
    const left = await stage.open('left')
    const thief = await stage.moveFocus([left, right])
    let [made, refused, doubtful] = [0, 0, 0]
    // On a busy machine one of the two may have the processor for long.
    const isEnough = () => made + refused + doubtful >= presses && Math.min(made, refused) >= presses / 15
    while (thief.isThere() && !isEnough()) {
      const miss = await desktop.press({ windowId: left }, ['Add']).catch(() => 'doubtful')
      if (miss === undefined) made += 1
      else if (miss === 'doubtful') doubtful += 1
      else refused += 1
    }
    expect(thief.isThere(), 'the thief was there to the end').toBe(true)
    await thief.stop()
    const count = async (name: Name) => (await stage.typedInto(name)).length
    if (isAtOnce) {
      await expect.poll(async () => count('left')).toBe(made)
      expect([await count('right'), doubtful]).toEqual([0, 0])
    } else {
      // What is refused is not pressed, and what was not seen to arrive is owned up to.
      await expect.poll(async () => count('left')).toBeGreaterThanOrEqual(made)
      expect((await count('left')) - made + (await count('right'))).toBeLessThanOrEqual(doubtful)
    }
  })

  test('a program that lets go of the modifiers all the time, grab or not, turns no chord into a letter unnoticed', async () => {
    const { desktop, presses, isAtOnce } = stage
    const windowId = await stage.open('left')
    const thief = await stage.letGoOfModifiers()
    let [made, doubtful] = [0, 0]
    for (let press = 0; press < presses || made < presses / 15; press++) {
      const miss = await desktop.press({ windowId }, ...selectAndCopy).catch(() => 'doubtful')
      if (miss === undefined) made += 1
      if (miss === 'doubtful') doubtful += 1
    }
    expect(thief.isThere(), 'the thief was there to the end').toBe(true)
    await thief.stop()
    if (isAtOnce) expect(doubtful).toBe(0)
    const whole = async () => (await stage.typedInto('left')).split(chordsOf(1)).length - 1
    await expect.poll(whole).toBeGreaterThanOrEqual(made)
    const broken = (await stage.typedInto('left')).replaceAll(chordsOf(1), '')
    expect(broken.length).toBeLessThanOrEqual(doubtful * selectAndCopy.length)
  })

  test('no key is pressed while any other is held, which would repeat into the window or swallow ours', async () => {
    const { desktop } = stage
    const windowId = await stage.open('left')
    await stage.open('right')
    await stage.hold('a')
    await desktop.raise(windowId)
    await expect.poll(async () => desktop.activeWindow(), CAUGHT_UP).toBe(windowId)
    expect(await desktop.press({ windowId }, ...selectAndCopy)).toBe('key-held')
    expect(await desktop.unsafeKeys()).toBe('key-held')
    await stage.letGo('a')
    expect(await desktop.press({ windowId }, ...selectAndCopy)).toBeUndefined()
    await expect.poll(async () => (await stage.typedInto('left')).replaceAll('a', '')).toBe(chordsOf(1))
  })
}
