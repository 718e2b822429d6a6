import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Desktop } from '../../src/main/desktop/desktop'
import { connectX11, type X11Connection } from '../../src/main/desktop/x11/connection'
import { createX11Clipboard } from '../../src/main/desktop/x11/clipboard'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { SelectionReader } from '../../src/main/desktop/x11/selection'
import { startAgents, type Agents } from '../harness/agents'

// The real clipboard, asked by another program while a delivery uses it.

let desktop: Desktop
let other: X11Connection
let agents: Agents

beforeEach(async () => {
  const display = process.env['DISPLAY'] ?? ''
  ;[desktop, other, agents] = await Promise.all([
    openX11Desktop(display),
    connectX11(display),
    startAgents({ agents: [{ name: 'Left' }] }),
  ])
})
afterEach(async () => {
  desktop.close()
  other.close()
  await agents.stop()
})

test('whoever else pastes while a text is offered to a window gets nothing before its program has the text, and then the person’s own', async () => {
  await createX11Clipboard(other).offerText('a person’s text')
  await desktop.keepClipboard()
  const [window] = await desktop.windows()
  const windowId = window?.id ?? ''
  const [x, y] = (await agents.window('Left')).input
  expect(await desktop.click({ windowId, point: { x, y } })).toBeUndefined()
  const offer = await desktop.offerText('a message for Left', windowId)
  const third = await connectX11(process.env['DISPLAY'] ?? '')
  const clipboard = createX11Clipboard(third)
  expect(await clipboard.readText()).toBe('')
  expect([offer.taken, offer.copied, offer.stolen]).toEqual([false, undefined, false])
  const waiting = clipboard.readText()
  expect(await desktop.press({ windowId }, ['LeftControl', 'V'])).toBeUndefined()
  await expect.poll(() => offer.taken).toBe(true)
  expect(await waiting).toBe('a person’s text')
  expect(await clipboard.readText()).toBe('a person’s text')
  await desktop.offerText('for everyone')
  expect(await clipboard.readText()).toBe('for everyone')
  third.close()
})

test('news of another owner is not taken for the answer to a question', async () => {
  const clipboard = createX11Clipboard(other)
  await desktop.offerText('text 0')
  for (let time = 1; time <= 50; time++) {
    const [text] = await Promise.all([clipboard.readText(), desktop.offerText(`text ${time}`)])
    expect(text).toMatch(/^text \d+$/)
  }
})

test('what was on the clipboard is there again in every form it had, in their order, however long', async () => {
  const forms = new Map([
    ['text/html', Buffer.from('<b>a person’s text</b>')],
    ['UTF8_STRING', Buffer.from('a person’s text')],
    ['image/png', Buffer.alloc(200_000, 'picture')],
  ])
  await own(other, forms)
  const putBack = await desktop.keepClipboard()
  const [window] = await desktop.windows()
  await desktop.offerText('a message for Left', window?.id)
  await putBack()
  // Who owned it before does not answer any more.
  other.close()
  const third = await connectX11(process.env['DISPLAY'] ?? '')
  const reader = new SelectionReader(third)
  const selection = third.atom('CLIPBOARD')
  const atoms = await Promise.all([...forms.keys()].map((name) => atomOf(third, name)))
  const targets = await reader.read({ selection, target: third.atom('TARGETS') })
  const listed = atoms.map((_, index) => targets?.data.readUInt32LE(4 + index * 4))
  expect(listed).toEqual(atoms)
  for (const [name, data] of forms)
    expect((await reader.read({ selection, target: await atomOf(third, name) }))?.data, name).toEqual(data)
  third.close()
})

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
