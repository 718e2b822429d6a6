import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Chord, Desktop, DesktopWindow, Offer } from '../../src/main/desktop/desktop'

/** Two windows, Left and Right, whose inputs take keys, and somebody else who can copy. */
export interface Stage {
  readonly desktop: Desktop
  inputOf(name: Name): Promise<{ x: number; y: number }>
  setText(name: Name, text: string): Promise<void>
  textOf(name: Name): Promise<string>
  submitted(name: Name, count: number): Promise<string[]>
  move(name: Name, x: number, y: number): Promise<void>
  closeWindow(name: Name): Promise<void>
  copyElsewhere(text: string): Promise<void>
  personTypes(): Promise<void>
  personMoves(): Promise<void>
  /** What an offer says of marks where nothing is marked; undefined where the system does not tell of them. */
  readonly unmarked: '' | undefined
  /** Where time does not pass by itself. */
  passTime(): void
  end(): Promise<void>
}
export type Name = 'Left' | 'Right'

/** How long anything may take on a busy machine. */
const LIMIT_MS = 15_000

const selectAll: Chord = ['LeftControl', 'A']
const copy: Chord = ['LeftControl', 'C']
const paste: Chord = ['LeftControl', 'V']

/** What every desktop must do, shown on one. */
export function describeDesktop(name: string, open: () => Promise<Stage>): void {
  describe(`a desktop: ${name}`, () => desktopTests(open))
}

function desktopTests(open: () => Promise<Stage>): void {
  let stage: Stage
  let desktop: Desktop

  beforeEach(async () => {
    stage = await open()
    desktop = stage.desktop
  })
  afterEach(async () => stage.end())

  async function windowOf(name: Name): Promise<DesktopWindow> {
    const found = (await desktop.windows()).find(({ title }) => title === `${name}: chat`)
    if (!found) throw new Error(`no window of ${name}`)
    return found
  }

  async function clickInto(name: Name): Promise<DesktopWindow> {
    const window = await windowOf(name)
    const point = await stage.inputOf(name)
    expect(await desktop.click({ windowId: window.id, point })).toBeUndefined()
    expect(await desktop.pointer()).toEqual(point)
    await eventually(async () => (await desktop.activeWindow()) === window.id)
    return window
  }

  test('windows are listed by title, each with a rectangle that holds its input', async () => {
    for (const name of ['Left', 'Right'] as const) {
      const { rect, minimized } = await windowOf(name)
      const { x, y } = await stage.inputOf(name)
      expect(x > rect.x && x < rect.x + rect.width && y > rect.y && y < rect.y + rect.height).toBe(true)
      expect(minimized).toBe(false)
    }
  })

  test('a moved window is listed where it now is, a closed one no more', async () => {
    const before = await windowOf('Left')
    await stage.move('Left', before.rect.x + 40, before.rect.y + 60)
    // A window manager takes its time.
    await eventually(async () => (await windowOf('Left')).rect.x > before.rect.x)
    const after = await windowOf('Left')
    expect(after.id).toBe(before.id)
    expect([after.rect.width, after.rect.height]).toEqual([before.rect.width, before.rect.height])
    await stage.closeWindow('Left')
    await eventually(async () => (await desktop.windows()).every(({ id }) => id !== before.id))
  })

  test('a click gives the focus to the window under the pointer', async () => {
    for (const name of ['Left', 'Right', 'Left'] as const) {
      const window = await clickInto(name)
      expect(await desktop.windowAt(await stage.inputOf(name))).toBe(window.id)
      expect(await desktop.pointer()).toEqual(await stage.inputOf(name))
    }
  })

  test('a raised window comes to the front and gets the focus', async () => {
    const left = await clickInto('Left')
    const right = await windowOf('Right')
    await desktop.raise(right.id)
    await eventually(async () => (await desktop.activeWindow()) === right.id)
    await eventually(async () => (await desktop.windows())[0]?.id === right.id)
    await desktop.raise(left.id)
    await eventually(async () => (await desktop.activeWindow()) === left.id)
  })

  test.each([
    ['one line', 'one line'],
    ['newlines', 'two\nlines'],
    ['any script', 'héllo 🐝 ñ 漢字 שלום'],
    ['65,536 characters', 'x'.repeat(65_536)],
    // In lines: some inputs take seconds to lay out one that long.
    ['65,536 characters of four bytes', `${'🐝'.repeat(127)}\n`.repeat(512)],
  ])('a text offered, pasted and copied back is the same: %s', async (_name, text) => {
    const { id } = await clickInto('Left')
    const offer = await desktop.offerText(text, id)
    expect(await desktop.readText()).toBe(text)
    await desktop.press({ windowId: id }, selectAll, copy, paste, selectAll, copy)
    await settled(offer, () => offer.copied !== undefined)
    expect(offer).toMatchObject({ taken: true, copied: text, stolen: false })
    expect(await desktop.readText()).toBe(text)
    expect(await stage.textOf('Left')).toBe(text)
  })

  test('keys find the text that was offered before them, though nobody waited for it', async () => {
    const { id } = await clickInto('Left')
    const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`)
    for (const text of texts) {
      const offering = desktop.offerText(text, id)
      await desktop.press({ windowId: id }, selectAll, paste, selectAll, copy)
      const offer = await offering
      await settled(offer, () => offer.copied !== undefined)
      expect(offer.copied).toBe(text)
    }
  })

  test('with a draft in the input the first copy replaces the offer, which is then not taken', async () => {
    await stage.setText('Left', 'a draft')
    const { id } = await clickInto('Left')
    const offer = await desktop.offerText('a message', id)
    await desktop.press({ windowId: id }, selectAll, copy, paste)
    await settled(offer, () => offer.copied !== undefined && offer.marked !== '')
    expect(offer).toMatchObject({
      taken: false,
      copied: 'a draft',
      marked: stage.unmarked === '' ? 'a draft' : undefined,
    })
    expect(await stage.textOf('Left')).toBe('a draft')
  })

  test('an empty text taken leaves an empty input empty', async () => {
    const { id } = await clickInto('Left')
    const offer = await desktop.offerText('', id)
    await desktop.press({ windowId: id }, selectAll, copy, paste)
    await settled(offer, () => offer.taken === true)
    expect(offer).toMatchObject({ taken: true, copied: undefined, marked: stage.unmarked })
    expect(await stage.textOf('Left')).toBe('')
  })

  test('a copy made by another program is told from one made by the window', async () => {
    const { id } = await clickInto('Left')
    const offer = await desktop.offerText('a message', id)
    await stage.copyElsewhere('something else')
    await settled(offer, () => offer.stolen)
    expect(offer).toMatchObject({ copied: undefined, stolen: true })
    expect(await desktop.readText()).toBe('something else')
  })

  test('Enter submits what was pasted, in the window with the focus only', async () => {
    const { id } = await clickInto('Right')
    const offer = await desktop.offerText('for the right one', id)
    await desktop.press({ windowId: id }, paste, ['Enter'])
    await settled(offer, () => offer.taken === true)
    expect(await stage.submitted('Right', 1)).toEqual(['for the right one'])
    expect(await stage.submitted('Left', 0)).toEqual([])
  })

  test('keys and clicks that no longer find the desktop as aimed at are not made', async () => {
    const left = await clickInto('Left')
    const right = await windowOf('Right')
    const point = await stage.inputOf('Left')
    await desktop.offerText('for the right one', right.id)
    expect(await desktop.press({ windowId: right.id }, paste, ['Enter'])).toBe('focus-elsewhere')
    expect(await desktop.click({ windowId: right.id, point })).toBe('covered')
    const rect = { ...left.rect, x: left.rect.x + 1 }
    expect(await desktop.click({ windowId: left.id, point, rect })).toBe('moved')
    await desktop.movePointer({ x: point.x + 3, y: point.y })
    expect(await desktop.press({ windowId: left.id, point }, paste, ['Enter'])).toBe('pointer-moved')
    await desktop.press({ windowId: left.id }, ['Add'])
    await eventually(async () => (await stage.textOf('Left')) === '+')
    expect(await stage.textOf('Right')).toBe('')
    expect(await desktop.activeWindow()).toBe(left.id)
  })

  test('a person’s keys and pointer are told from our own', async () => {
    const { id } = await clickInto('Left')
    const from = performance.now()
    await desktop.press({ windowId: id }, selectAll, ['Add'])
    await desktop.movePointer({ x: 5, y: 5 })
    expect(await desktop.personIdleMs()).toBeGreaterThan(performance.now() - from)
    const typing = performance.now()
    await stage.personTypes()
    expect(await desktop.personIdleMs()).toBeLessThan(performance.now() - typing)
    await eventually(async () => {
      stage.passTime()
      return (await desktop.personIdleMs()) > 100
    })
    const moving = performance.now()
    await stage.personMoves()
    expect(await desktop.personIdleMs()).toBeLessThan(performance.now() - moving)
  })

  test('a clipboard that was kept is put back after our own offers and the copies they led to', async () => {
    await stage.copyElsewhere('a person’s text')
    const { id } = await clickInto('Left')
    for (const _ of [1, 2]) {
      const putBack = await desktop.keepClipboard()
      const offer = await desktop.offerText('a message', id)
      await desktop.press({ windowId: id }, selectAll, paste, selectAll, copy)
      await settled(offer, () => offer.copied !== undefined)
      await putBack()
      expect(await desktop.readText()).toBe('a person’s text')
    }
  })

  test('a clipboard that somebody else has changed since is left as it is', async () => {
    await stage.copyElsewhere('before')
    const { id } = await windowOf('Left')
    const putBack = await desktop.keepClipboard()
    const offer = await desktop.offerText('a message', id)
    await stage.copyElsewhere('a person’s new copy')
    await settled(offer, () => offer.stolen)
    await putBack()
    expect(await desktop.readText()).toBe('a person’s new copy')
  })

  test('nobody waits for an offer longer than asked', async () => {
    const offer = await desktop.offerText('never pasted', (await windowOf('Left')).id)
    await offer.changed(20)
    expect(offer).toMatchObject({ taken: false, copied: undefined, stolen: false })
  })
}

async function settled(offer: Offer, isSettled: () => boolean): Promise<void> {
  const end = performance.now() + LIMIT_MS
  while (!isSettled() && performance.now() < end) await offer.changed(end - performance.now())
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + LIMIT_MS
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it never came to be')
    await new Promise((resolve) => setImmediate(resolve))
  }
}
