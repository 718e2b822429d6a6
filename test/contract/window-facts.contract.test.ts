import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Desktop } from '../../src/main/desktop/desktop'
import { connectX11, type X11Connection } from '../../src/main/desktop/x11/connection'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'

let desktop: Desktop
let program: X11Connection

beforeEach(async () => {
  const display = process.env.DISPLAY ?? ''
  desktop = await openX11Desktop(display)
  program = await connectX11(display)
})
afterEach(() => {
  program.close()
  desktop.close()
})

function title(id: number, words: string): void {
  program.client.ChangeProperty(
    0,
    id,
    program.atom('_NET_WM_NAME'),
    program.atom('UTF8_STRING'),
    8,
    Buffer.from(words),
  )
}

/** Resolves once the server has done all that the program asked for. */
async function done(): Promise<void> {
  await program.property(program.root, '_NET_WM_NAME')
}

async function titleOf(id: number): Promise<string | undefined> {
  return (await desktop.windows()).find((window) => window.id === String(id))?.title
}

function open(id: number, words: string): void {
  program.client.CreateWindow(id, program.root, 50, 50, 200, 100, 0, 0, 0, 0, {})
  title(id, words)
  program.client.MapWindow(id)
}

test('a window has the title that it has at this very moment', async () => {
  const id = program.client.AllocID()
  open(id, 'title 0')
  await expect.poll(() => titleOf(id)).toBe('title 0')
  for (let time = 1; time <= 200; time++) {
    title(id, `title ${time}`)
    await done()
    expect(await titleOf(id)).toBe(`title ${time}`)
  }
})

test('a window that got the number of one that has closed is not taken for it', async () => {
  const id = program.client.AllocID()
  for (let time = 0; time < 20; time++) {
    open(id, `window ${time}`)
    await expect.poll(() => titleOf(id)).toBe(`window ${time}`)
    program.client.DestroyWindow(id)
  }
})
