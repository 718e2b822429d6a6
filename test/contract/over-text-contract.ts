import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Desktop, Point } from '../../src/main/desktop/desktop'

/** Whether an input or something over it would get a click, told by how the pointer is shown. */
export interface OverTextStage {
  readonly desktop: Desktop
  readonly windowId: string
  readonly input: Point
  /** Something with a button lies over the input, or no longer; resolves once that can be seen. */
  cover(isCovered: boolean): Promise<void>
  /** How often that button was pressed. */
  answers(): Promise<number>
  end(): Promise<void>
}

/** What every desktop must do with a click that is meant for text. */
export function describeOverText(name: string, open: () => Promise<OverTextStage>): void {
  describe(`a click meant for text: ${name}`, () => overTextTests(open))
}

function overTextTests(open: () => Promise<OverTextStage>): void {
  let stage: OverTextStage

  beforeEach(async () => {
    stage = await open()
  })
  afterEach(async () => stage.end())

  test('is made over an input, and over nothing else', async () => {
    const { desktop, windowId, input: point, cover, answers } = stage
    const place = { x: point.x - 16, y: point.y - 10, width: 32, height: 20 }
    const anywhere = { windowId, point, place }
    expect(await desktop.click(anywhere)).toBeUndefined()
    await expect.poll(async () => desktop.inputLook(point)).toBeDefined()
    const aim = { ...anywhere, looks: [(await desktop.inputLook(point)) ?? ''] }
    await desktop.movePointer({ x: 600, y: 600 })
    expect(await desktop.inputLook(point), 'the pointer is elsewhere').toBeUndefined()
    for (const from of [{ x: 600, y: 600 }, point]) {
      expect(await desktop.click(aim)).toBeUndefined()
      await desktop.movePointer(from)
      await cover(true)
      expect(await desktop.click(aim)).toBe('no-text')
      expect(await desktop.inputLook(point)).toBeUndefined()
      await cover(false)
    }
    expect(await desktop.click(aim)).toBeUndefined()
    expect(await answers()).toBe(0)
  })
}
