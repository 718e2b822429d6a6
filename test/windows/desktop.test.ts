import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { describeClipboard } from '../contract/clipboard-contract'
import { describeDesktop } from '../contract/desktop-contract'
import { describeOverText } from '../contract/over-text-contract'
import { describePerson } from '../contract/person-contract'
import { describePressing } from '../contract/pressing-contract'
import {
  openClipboardStage,
  openOverTextStage,
  openPersonStage,
  openPressingStage,
  openWineStage,
} from './contract-stage'
import { clickInto, openInput, openStage, type WineStage } from './stage'
import './unit-runs'

// The contracts that every desktop keeps, here by Windows' own interface; then what is Windows' alone.

const windows = 'Windows’ own interface, under Wine'
describeDesktop(windows, openWineStage)
describeClipboard(windows, openClipboardStage)
describeOverText(windows, openOverTextStage)
describePerson(windows, openPersonStage)
describePressing(windows, openPressingStage)

describe('Windows’ desktop', () => {
  let opened: WineStage
  let windowId: string
  let point: { readonly x: number; readonly y: number }

  beforeEach(async () => {
    opened = await openStage()
    ;({ windowId, point } = await openInput(opened, 'Left'))
    await clickInto(opened.desktop, { windowId, point })
  })
  afterEach(async () => opened.end())

  const textOf = async (name: string) => opened.stage.ask<string>('textOf', name)

  test('an offered text carries what keeps it out of the clipboard’s history, the cloud and programs that collect', async () => {
    const { desktop, other } = opened
    await desktop.offerText('a message for Left', windowId)
    const names = ['ExcludeClipboardContentFromMonitorProcessing', 'CanIncludeInClipboardHistory']
    const forms = await other.ask<[string, Buffer][]>('forms', [...names, 'CanUploadToCloudClipboard'])
    expect(forms.map(([, form]) => form.readUInt32LE(0))).toEqual([0, 0, 0])
  })

  test('windows that nobody sees are not listed and cover no input, those that are seen do; our own are not listed', async () => {
    const { desktop, other, host } = opened
    await other.ask('cover', 'hidden', [0, 0, 900, 700], true, false)
    const own = await host.ask<number>('openOwn', [460, 40, 300, 200])
    expect((await desktop.windows()).map(({ title }) => title)).toEqual(['Left: chat'])
    await host.ask('closeOwn', own)
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

  test('the screen is known, nothing keeps from delivering and no menu lies about, and a copied page is read as one', async () => {
    const { desktop, other } = opened
    expect(await desktop.screens()).toEqual([{ x: 0, y: 0, width: 1280, height: 800 }])
    expect([await desktop.trouble(), await desktop.overlays()]).toEqual([undefined, []])
    const head = 'Version:0.9\r\nStartHTML:0000000055\r\nEndHTML:0000000071\r\n'
    await other.ask('copyForms', [['HTML Format', Buffer.from(`${head}<b>über 漢</b> and more`)]])
    expect(await desktop.readHtml()).toBe('<b>über 漢</b>')
    await other.ask('copy', 'plain')
    expect(await desktop.readHtml()).toBe('')
  })

  test('a picture shows what is on the screen there', async () => {
    const { desktop } = opened
    const [window] = await desktop.windows()
    const { x, y } = window?.rect ?? { x: 0, y: 0 }
    const { width, height, rgba } = await desktop.picture({ x: x + 20, y: y + 60, width: 8, height: 4 })
    expect([width, height]).toEqual([8, 4])
    expect([...rgba]).toEqual(Array.from({ length: 8 * 4 * 4 }, () => 255))
  })

  test('keys that another window got, which gave the focus back before anybody looked again, are owned up to', async () => {
    const { desktop, other } = opened
    const { windowId: thief } = await openInput({ stage: other }, 'Right', { at: [460, 40, 400, 300] })
    await desktop.raise(windowId)
    await expect.poll(async () => desktop.activeWindow()).toBe(windowId)
    await other.ask('takeKeys', thief, windowId)
    await expect(desktop.press({ windowId }, ['Add'])).rejects.toThrow('The focus went to another window')
    await expect.poll(async () => desktop.activeWindow()).toBe(windowId)
    expect(await other.ask('keysOf', 'Right')).toEqual(['6b'])
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
