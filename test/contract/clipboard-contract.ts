import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Desktop } from '../../src/main/desktop/desktop'

/** One window, whose input has just been clicked into, a program that copies, and others that read what it has copied. */
export interface ClipboardStage {
  readonly desktop: Desktop
  readonly windowId: string
  textOf(): Promise<string>
  copy(text: string): Promise<void>
  /** In all of these forms, by the system's names for them. */
  copyForms(forms: ReadonlyMap<string, Buffer>): Promise<void>
  read(): Promise<string>
  /** In the order in which they are listed. */
  readForms(names: readonly string[]): Promise<(readonly [name: string, data: Buffer])[]>
  readonly forms: Readonly<Record<'text' | 'html' | 'picture', string>>
  /** What others read once the window's program has taken a message, until the person's own is put back. */
  readonly onceTaken: 'the person’s' | 'the message'
  end(): Promise<void>
}

/** What every clipboard must do while other programs use it, too. */
export function describeClipboard(name: string, open: () => Promise<ClipboardStage>): void {
  describe(`a clipboard that others use, too: ${name}`, () => clipboardTests(open))
}

const [OWN, MESSAGE] = ['a person’s text', 'a message for Left'] as const

function clipboardTests(open: () => Promise<ClipboardStage>): void {
  let stage: ClipboardStage

  beforeEach(async () => {
    stage = await open()
  })
  afterEach(async () => stage.end())

  test('whoever else pastes while a text is offered to a window gets nothing of it before its program has it, which gets it all the same', async () => {
    const { desktop, windowId } = stage
    await stage.copy(OWN)
    const putBack = await desktop.keepClipboard()
    const offer = await desktop.offerText(MESSAGE, windowId)
    expect(await stage.read()).toBe('')
    expect([offer.taken, offer.copied, offer.stolen]).toEqual([false, undefined, false])
    expect(await desktop.press({ windowId }, ['LeftControl', 'V'])).toBeUndefined()
    await expect.poll(() => offer.taken).toBe(true)
    expect(await stage.textOf()).toBe(MESSAGE)
    expect(await stage.read()).toBe(stage.onceTaken === 'the message' ? MESSAGE : OWN)
    await putBack()
    expect(await stage.read()).toBe(OWN)
    await desktop.offerText('for everyone')
    expect(await stage.read()).toBe('for everyone')
  })

  test('who reads while one text replaces another gets one of them, whole', async () => {
    const { desktop } = stage
    await desktop.offerText('text 0')
    for (let time = 1; time <= 50; time++) {
      const [text] = await Promise.all([stage.read(), desktop.offerText(`text ${time}`)])
      expect([`text ${time - 1}`, `text ${time}`]).toContain(text)
    }
  })

  test('what was on the clipboard is there again in every form it had, in their order, however long', async () => {
    const { desktop, windowId } = stage
    const { html, text, picture } = stage.forms
    const forms = new Map([
      [html, Buffer.from('<b>a person’s text</b>')],
      [text, Buffer.from('a person’s text\0', 'utf16le')],
      [picture, Buffer.alloc(200_000, 'picture')],
    ])
    await stage.copyForms(forms)
    const putBack = await desktop.keepClipboard()
    await desktop.offerText(MESSAGE, windowId)
    await putBack()
    const after = await stage.readForms([...forms.keys()])
    expect(after.map(([name]) => name)).toEqual([...forms.keys()])
    for (const [name, data] of after) expect(data.equals(forms.get(name) ?? Buffer.alloc(0)), name).toBe(true)
  })
}
