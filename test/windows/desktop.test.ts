import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { describeDesktop } from '../contract/desktop-contract'
import { xdotool } from '../harness/xdotool'
import { openWineStage } from './contract-stage'
import { openInput, openStage, person, personMoves, type WineStage } from './stage'

// The contract that every desktop keeps; then what a person and other programs do at the very moment of our own acts, as
// person.contract.test and pressing.contract.test show it for X11.

describeDesktop('Windows’ own interface, under Wine', openWineStage)

describe('beside people and other programs, Windows’ desktop', () => {
  let opened: WineStage
  let windowId: string
  let point: { readonly x: number; readonly y: number }

  beforeEach(async () => {
    opened = await openStage()
    ;({ windowId, point } = await openInput(opened, 'Left'))
    expect(await opened.desktop.click({ windowId, point })).toBeUndefined()
  })
  afterEach(async () => {
    for (const key of ['Shift_L', 'Control_L', 'Alt_L', 'Super_L', 'a']) xdotool('keyup', key)
    await opened.end()
  })

  const textOf = async (name: string) => opened.stage.ask<string>('textOf', name)
  const keysOf = async (name: string) => opened.stage.ask<string[]>('keysOf', name)

  test('neither keys nor clicks are made so soon after a person has stirred, and the pointer stays theirs', async () => {
    const { desktop } = opened
    const from = performance.now()
    const aim = () => ({ windowId, restMs: performance.now() - from })
    expect(await desktop.press(aim(), ['Add'])).toBeUndefined()
    expect(await desktop.click({ ...aim(), point })).toBeUndefined()
    await person(opened, 'key', 'Shift_L')
    expect(await desktop.press(aim(), ['Add'])).toBe('person-active')
    const moved = performance.now()
    const at = await personMoves(opened)
    const restMs = performance.now() - moved
    expect(await desktop.click({ windowId, point, restMs })).toBe('person-active')
    expect(await desktop.pointer()).toEqual(at)
    await expect.poll(async () => textOf('Left')).toBe('+')
  })

  test('a person’s key is known as theirs within the 100 ms after one of ours', async () => {
    const { desktop } = opened
    const from = performance.now()
    for (const key of ['b', 'c', 'd']) {
      expect(await desktop.press({ windowId }, ['Add'])).toBeUndefined()
      expect(await desktop.personIdleMs()).toBeGreaterThan(performance.now() - from - 1000)
      await person(opened, 'key', key)
      await expect.poll(async () => desktop.unsafeKeys()).toBeUndefined()
    }
  })

  test.each(['Shift_L', 'Control_L', 'Alt_L', 'Super_L', 'a'])(
    'while a person holds %s no key is pressed and nothing clicked, and both are once it is up',
    async (key) => {
      const { desktop } = opened
      xdotool('keydown', key)
      await expect.poll(async () => desktop.unsafeKeys()).toBe('key-held')
      const before = await keysOf('Left')
      expect(await desktop.press({ windowId }, ['LeftControl', 'End'], ['Add'])).toBe('key-held')
      expect(await desktop.click({ windowId, point })).toBe('key-held')
      expect(
        (await keysOf('Left')).filter((stroke) => !before.includes(stroke) && /23|6b/.test(stroke)),
      ).toEqual([])
      xdotool('keyup', key)
      await expect.poll(async () => desktop.unsafeKeys()).toBeUndefined()
      expect(await desktop.press({ windowId }, ['LeftControl', 'End'], ['Add'])).toBeUndefined()
      await expect.poll(async () => (await textOf('Left')).replaceAll('a', '')).toBe('+')
    },
  )

  test('no key is pressed while a mouse button is down', async () => {
    const { desktop } = opened
    xdotool('mousemove', point.x, point.y, 'mousedown', 1)
    await expect.poll(async () => desktop.unsafeKeys()).toBe('key-held')
    expect(await desktop.press({ windowId }, ['Add'])).toBe('key-held')
    xdotool('mouseup', 1)
    await expect.poll(async () => desktop.unsafeKeys()).toBeUndefined()
    expect(await textOf('Left')).toBe('')
  })

  test('a copy that a person makes after the one of the window stays on the clipboard', async () => {
    const { desktop, other } = opened
    const putBack = await desktop.keepClipboard()
    const offer = await desktop.offerText('a message', windowId)
    await desktop.press({ windowId }, ['LeftControl', 'V'], ['LeftControl', 'A'], ['LeftControl', 'C'])
    await expect.poll(() => offer.copied).toBe('a message')
    await other.ask('copy', 'a person’s new copy')
    await expect.poll(() => offer.stolen).toBe(true)
    await putBack()
    expect(await desktop.readText()).toBe('a person’s new copy')
  })

  test('another program that asks for an offered text gets nothing, and the window its text all the same', async () => {
    const { desktop, other } = opened
    const offer = await desktop.offerText('a message for Left', windowId)
    expect(await other.ask<string>('read')).toBe('')
    expect([offer.taken, offer.copied, offer.stolen]).toEqual([false, undefined, false])
    expect(await desktop.press({ windowId }, ['LeftControl', 'V'])).toBeUndefined()
    await expect.poll(() => offer.taken).toBe(true)
    expect(await textOf('Left')).toBe('a message for Left')
  })

  test('an offered text carries what keeps it out of the clipboard’s history, the cloud and programs that collect', async () => {
    const { desktop, other } = opened
    await desktop.offerText('a message for Left', windowId)
    const names = ['ExcludeClipboardContentFromMonitorProcessing', 'CanIncludeInClipboardHistory']
    const forms = await other.ask<(Buffer | undefined)[]>('forms', [...names, 'CanUploadToCloudClipboard'])
    expect(forms.map((form) => form?.readUInt32LE(0))).toEqual([0, 0, 0])
  })

  test('what was on the clipboard is there again in every form it had', async () => {
    const { desktop, other } = opened
    const forms = [
      ['HTML Format', Buffer.from('Version:0.9 <b>a person’s text</b>')],
      ['text', Buffer.from('a person’s text\0', 'utf16le')],
      ['PNG', Buffer.alloc(200_000, 'picture')],
    ] as const
    await other.ask('copyForms', forms)
    const putBack = await desktop.keepClipboard()
    await desktop.offerText('a message for Left', windowId)
    await putBack()
    const after = await other.ask<Buffer[]>(
      'forms',
      forms.map(([name]) => name),
    )
    expect(after.map((data) => data.toString('base64'))).toEqual(
      forms.map(([, data]) => data.toString('base64')),
    )
  })

  test('windows that nobody sees, and our own, neither are listed nor cover an input; those that are seen do', async () => {
    const { desktop, other } = opened
    await other.ask('cover', 'hidden', [0, 0, 900, 700], true, false)
    expect((await desktop.windows()).map(({ title }) => title)).toEqual(['Left: chat'])
    expect(await desktop.windowAt(point)).toBe(windowId)
    expect(await desktop.click({ windowId, point })).toBeUndefined()
    const cover = await other.ask<number>('cover', 'in front', [0, 0, 900, 700], true, true)
    await expect.poll(async () => desktop.windowAt(point)).toBe(String(cover))
    expect(await desktop.click({ windowId, point })).toBe('covered')
  })

  test('a minimized window is said to be so, raised to where it was, and minimized again where that is asked for', async () => {
    const { desktop, stage } = opened
    const before = (await desktop.windows())[0]
    await stage.ask('minimize', 'Left')
    await expect.poll(async () => (await desktop.windows())[0]?.minimized).toBe(true)
    const was = await desktop.arrangement()
    await desktop.raise(windowId)
    await expect.poll(async () => desktop.activeWindow()).toBe(windowId)
    await expect.poll(async () => (await desktop.windows())[0]).toEqual(before)
    expect(await desktop.arrange(was)).toBe(true)
    await expect.poll(async () => stage.ask('isMinimized', 'Left')).toBe(true)
    expect(await desktop.arrange(was)).toBe(false)
  })

  test('a title of any script is what it is, and of the program name and rights are known', async () => {
    const { desktop, stage } = opened
    await stage.ask('retitle', 'Left', '● chät 漢字 — Visual Studio Code')
    const [window] = await desktop.windows()
    expect(window).toMatchObject({ title: '● chät 漢字 — Visual Studio Code', app: 'node' })
    expect(window?.pid).toBe(await stage.ask('pid'))
    // Of a person's programs, or of an administrator's: Wine's are the latter.
    expect([0x2000, 0x3000]).toContain(await stage.ask('level'))
  })

  test('a picture shows what is on the screen there', async () => {
    const { desktop } = opened
    const [window] = await desktop.windows()
    const { x, y } = window?.rect ?? { x: 0, y: 0 }
    const { width, height, rgba } = await desktop.picture({ x: x + 20, y: y + 60, width: 8, height: 4 })
    expect([width, height]).toEqual([8, 4])
    expect([...rgba]).toEqual(Array.from({ length: 8 * 4 * 4 }, () => 255))
  })

  test('while another program moves the focus to and fro, a text reaches no other program than the one it is for', async () => {
    const { desktop, stage, other } = opened
    await openInput({ stage: other }, 'Right', { at: [460, 40, 400, 300] })
    const misses = new Set<string | undefined>()
    // On a busy machine it may take more of them until both have been seen.
    for (let press = 0; press < 60 || !misses.has('focus-elsewhere') || !misses.has(undefined); press += 1) {
      await desktop.offerText('x', windowId)
      const steal = press % 2 === 0 ? other.ask('focus', 'Right') : stage.ask('focus', 'Left')
      // Keys may get to the window in front after the look at it; Windows has no way to look and press in one go.
      misses.add(await desktop.press({ windowId }, ['LeftControl', 'V']).catch(() => 'doubtful'))
      await steal
    }
    await expect.poll(async () => textOf('Left')).toMatch(/^x+$/)
    expect(await other.ask('textOf', 'Right')).not.toContain('x')
  })
})
