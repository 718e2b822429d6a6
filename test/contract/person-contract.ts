import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Desktop, Point } from '../../src/main/desktop/desktop'

/** One window, whose input has just been clicked into, and a person's hand. */
export interface PersonStage {
  readonly desktop: Desktop
  readonly windowId: string
  readonly point: Point
  textOf(): Promise<string>
  readonly hand: Hand
  /** A person copies in another program. */
  copyElsewhere(text: string): Promise<void>
  end(): Promise<void>
}

/** Each resolves once the system knows of it. */
export interface Hand {
  tap(key: string): Promise<void>
  /** Answers with where the pointer is then, which is nowhere that it was. */
  move(): Promise<Point>
  hold(what: Holdable): Promise<void>
  letGo(what: Holdable): Promise<void>
}

/** By their names in X11, and the main button, at the input. */
const holdable = ['Shift_L', 'Control_L', 'Alt_L', 'Super_L', 'a', 'button'] as const
export type Holdable = (typeof holdable)[number]

/** What every desktop must do beside a person, at the very moment of our own acts. */
export function describePerson(name: string, open: () => Promise<PersonStage>): void {
  describe(`beside a person's hand: ${name}`, () => personTests(open))
}

function personTests(open: () => Promise<PersonStage>): void {
  let stage: PersonStage

  beforeEach(async () => {
    stage = await open()
  })
  afterEach(async () => {
    for (const key of holdable) await stage.hand.letGo(key)
    await stage.end()
  })

  test('neither keys nor clicks are made so soon after a person has stirred, and the pointer stays theirs', async () => {
    const { desktop, windowId, point, hand } = stage
    const from = performance.now()
    const aim = () => ({ windowId, restMs: performance.now() - from })
    expect(await desktop.press(aim(), ['Add'])).toBeUndefined()
    expect(await desktop.click({ ...aim(), point })).toBeUndefined()
    await hand.tap('Shift_L')
    expect(await desktop.press(aim(), ['Add'])).toBe('person-active')
    const moved = performance.now()
    const at = await hand.move()
    const restMs = performance.now() - moved
    expect(await desktop.click({ windowId, point, restMs })).toBe('person-active')
    expect(await desktop.pointer()).toEqual(at)
    await expect.poll(async () => stage.textOf()).toBe('+')
  })

  test('a person’s key is known as theirs, however short after one of ours', async () => {
    const { desktop, windowId, hand } = stage
    for (const key of ['b', 'c', 'd']) {
      const pressing = performance.now()
      expect(await desktop.press({ windowId }, ['Add'])).toBeUndefined()
      const pressed = performance.now()
      expect(await desktop.personIdleMs()).toBeGreaterThan(pressed - pressing)
      await hand.tap(key)
      expect(await desktop.personIdleMs()).toBeLessThan(performance.now() - pressed)
    }
  })

  test('while a person holds any key or button no key is pressed and nothing clicked, and both are once it is up', async () => {
    const { desktop, windowId, point, hand } = stage
    for (const [index, what] of holdable.entries()) {
      await hand.hold(what)
      const expected: unknown = what === 'button' ? expect.any(String) : 'key-held'
      expect(await desktop.press({ windowId }, ['LeftControl', 'End'], ['Add']), what).toEqual(expected)
      expect(await desktop.click({ windowId, point }), what).toEqual(expected)
      await hand.letGo(what)
      expect(await desktop.unsafeKeys(), what).toBeUndefined()
      expect(await desktop.press({ windowId }, ['LeftControl', 'End'], ['Add']), what).toBeUndefined()
      const ours = async () => (await stage.textOf()).replaceAll('a', '')
      await expect.poll(ours, { message: what }).toBe('+'.repeat(index + 1))
    }
  })

  test('a copy that a person makes after the one of the window stays on the clipboard', async () => {
    const { desktop, windowId } = stage
    const putBack = await desktop.keepClipboard()
    const offer = await desktop.offerText('a message', windowId)
    await desktop.press({ windowId }, ['LeftControl', 'V'], ['LeftControl', 'A'], ['LeftControl', 'C'])
    await expect.poll(() => offer.copied).toBe('a message')
    await stage.copyElsewhere('a person’s new copy')
    await expect.poll(() => offer.stolen).toBe(true)
    await putBack()
    expect(await desktop.readText()).toBe('a person’s new copy')
  })
}
