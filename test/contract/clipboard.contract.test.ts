import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Desktop } from '../../src/main/desktop/desktop'
import { connectX11, type X11Connection } from '../../src/main/desktop/x11-connection'
import { createX11Clipboard } from '../../src/main/desktop/x11-clipboard'
import { openX11Desktop } from '../../src/main/desktop/x11-desktop'
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

test('whoever else pastes while a text is offered to a window gets the person’s own, and takes nothing', async () => {
  await createX11Clipboard(other).offerText('a person’s text')
  await desktop.keepClipboard()
  const [window] = await desktop.windows()
  const offer = await desktop.offerText('a message for Left', window?.id)
  const third = await connectX11(process.env['DISPLAY'] ?? '')
  const clipboard = createX11Clipboard(third)
  expect(await clipboard.readText()).toBe('a person’s text')
  expect([offer.taken, offer.copied, offer.stolen]).toEqual([false, undefined, false])
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
