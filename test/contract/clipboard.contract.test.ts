import { expect, onTestFinished, test } from 'vitest'
import { connectX11, type X11Connection } from '../../src/main/desktop/x11/connection'
import { createX11Clipboard } from '../../src/main/desktop/x11/clipboard'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { SelectionReader } from '../../src/main/desktop/x11/selection'
import { startAgents } from '../harness/agents'
import { describeClipboard, type ClipboardStage } from './clipboard-contract'

// The real clipboard, asked by another program while a delivery uses it.

const display = process.env['DISPLAY'] ?? ''

describeClipboard('X11', x11Stage)

test('who waits for the clipboard while a text is offered to a window gets the person’s own once its program has the text', async () => {
  const { desktop, windowId, copy, read, end } = await x11Stage()
  onTestFinished(end)
  await copy('a person’s text')
  await desktop.keepClipboard()
  const offer = await desktop.offerText('a message for Left', windowId)
  const waiting = read()
  expect(await desktop.press({ windowId }, ['LeftControl', 'V'])).toBeUndefined()
  await expect.poll(() => offer.taken).toBe(true)
  expect(await waiting).toBe('a person’s text')
})

async function x11Stage(): Promise<ClipboardStage> {
  const [desktop, other, third, agents] = await Promise.all([
    openX11Desktop(display),
    connectX11(display),
    connectX11(display),
    startAgents({ agents: [{ name: 'Left' }] }),
  ])
  const windowId = (await desktop.windows()).find(({ title }) => title === 'Left: chat')?.id ?? ''
  const [x, y] = (await agents.window('Left')).input
  expect(await desktop.click({ windowId, point: { x, y } })).toBeUndefined()
  const reader = createX11Clipboard(third)
  return {
    desktop,
    windowId,
    textOf: async () => agents.readInput('Left'),
    copy: async (text) => void (await createX11Clipboard(other).offerText(text)),
    copyForms: async (forms) => own(other, forms),
    read: async () => reader.readText(),
    async readForms(names) {
      // Who owned it before does not answer any more.
      other.close()
      return formsOf(third, names)
    },
    forms: { text: 'UTF8_STRING', html: 'text/html', picture: 'image/png' },
    onceTaken: 'the person’s',
    async end() {
      for (const one of [desktop, other, third]) one.close()
      await agents.stop()
    },
  }
}

/** Those of the names that are listed, as they are listed. */
async function formsOf(x: X11Connection, names: readonly string[]): Promise<[name: string, data: Buffer][]> {
  const reader = new SelectionReader(x)
  const selection = x.atom('CLIPBOARD')
  const targets = (await reader.read({ selection, target: x.atom('TARGETS') }))?.data ?? Buffer.alloc(0)
  const listed = Array.from({ length: targets.length / 4 }, (_, index) => targets.readUInt32LE(index * 4))
  const named = await Promise.all(names.map(async (name) => ({ name, target: await atomOf(x, name) })))
  const all: [name: string, data: Buffer][] = []
  for (const target of listed) {
    const name = named.find((one) => one.target === target)?.name
    if (name !== undefined)
      all.push([name, (await reader.read({ selection, target }))?.data ?? Buffer.alloc(0)])
  }
  return all
}

const PROPERTY_CHANGE = 0x400000

function newWindow({ client, root }: X11Connection): number {
  const id = client.AllocID()
  client.CreateWindow(id, root, -10, -10, 1, 1, 0, 0, 0, 0, { eventMask: PROPERTY_CHANGE })
  return id
}

const atomOf = (x: X11Connection, name: string) =>
  x.ask<number>((done) => x.client.InternAtom(false, name, done))

/** Puts something on the clipboard in these forms, as a program does. */
async function own(x: X11Connection, forms: ReadonlyMap<string, Buffer>): Promise<void> {
  const { client, atom } = x
  const data = new Map<number, Buffer>()
  for (const [name, bytes] of forms) data.set(await atomOf(x, name), bytes)
  x.onEvent((event) => {
    if (event.name !== 'SelectionRequest') return
    const { time, requestor, selection, target, property } = event
    const bytes = data.get(target)
    if (bytes) client.ChangeProperty(0, requestor, property, target, 8, bytes)
    else client.ChangeProperty(0, requestor, property, atom('ATOM'), 32, [...data.keys()])
    client.SendEvent(requestor, 0, 0, {
      name: 'SelectionNotify',
      time,
      requestor,
      selection,
      target,
      property,
    })
  })
  client.SetSelectionOwner(newWindow(x), atom('CLIPBOARD'))
  await x.ask<number>((done) => client.GetSelectionOwner(atom('CLIPBOARD'), done))
}
