import { afterAll, beforeAll, expect, test } from 'vitest'
import { startInputs, type HostKind, type Inputs } from '../harness/inputs'
import type { Rect } from '../harness/tiles'
import { copyText, personAt } from './person'

// The same pages in browsers, and programs that are no pages at all: all on one desktop.

let inputs: Inputs
beforeAll(async () => {
  inputs = await startInputs({
    windows: [
      { name: 'chromium', host: 'chromium', widget: 'lexical', rect: place(0, 0, 510) },
      { name: 'firefox', host: 'firefox', widget: 'prosemirror-chat', rect: place(0, 400, 510) },
      { name: 'swing', host: 'swing', rect: place(1020, 0, 220) },
      { name: 'mousepad', host: 'mousepad', rect: place(530, 0, 470) },
      { name: 'kwrite', host: 'kwrite', rect: place(530, 400, 470) },
      { name: 'electron', host: 'electron', widget: 'tiptap', rect: place(1020, 400, 220) },
    ],
  })
}, 120_000)
afterAll(async () => inputs.stop())

const hosts: readonly HostKind[] = ['electron', 'chromium', 'firefox', 'swing', 'mousepad', 'kwrite']
const text = 'First line\nsecond line 🐝\n\tthird'

test.each(['chromium', 'firefox', 'swing'] as const)(
  '%s: what is pasted and entered is logged once, and an Enter while it is busy is told',
  async (name) => {
    const person = personAt(inputs, name)
    const before = inputs.submissions().length
    copyText(text)
    await person.enter()
    person.press('ctrl+v')
    await holds(name, text)
    person.press('Return')
    await inputs.submitted(before + 1)
    await holds(name, '')
    await inputs.busy(name, true)
    person.type('two')
    await holds(name, 'two')
    person.press('Return')
    await expect.poll(() => inputs.events(name).map(({ event }) => event)).toContain('busy-enter')
    await holds(name, 'two')
    expect(inputs.submissions().slice(before)).toMatchObject([{ agent: name, text }])
  },
)

test.each(['mousepad', 'kwrite'] as const)(
  '%s: what is pasted is read from the file it saves',
  async (name) => {
    const person = personAt(inputs, name)
    await person.enter()
    copyText(text)
    person.press('ctrl+v')
    await holds(name, text)
    await inputs.setDraft(name, 'a draft')
    await holds(name, 'a draft')
  },
)

test.each(hosts)(
  '%s: a moved window is found where it then says it is, a reset one is empty',
  async (name) => {
    await inputs.reset(name, { widget: 'react' })
    await holds(name, '')
    const before = await inputs.window(name)
    const after = await inputs.move(name, { x: before.rect.x + 5, height: 330 })
    expect(after.rect).toEqual({ ...before.rect, x: before.rect.x + 5, height: 330 })
    const person = personAt(inputs, name)
    await person.enter()
    person.type('here')
    await holds(name, 'here')
  },
)

test('a closed program opens anew', async () => {
  await inputs.close('mousepad')
  await expect(inputs.window('mousepad')).rejects.toThrow('the window of mousepad is closed')
  expect((await inputs.open('mousepad')).open).toBe(true)
})

/** With room for a frame. */
function place(x: number, y: number, width: number): Rect {
  return { x: x + 10, y: y + 30, width, height: 350 }
}

async function holds(name: string, expected: string): Promise<void> {
  await expect.poll(async () => (await inputs.peek(name)).text).toBe(expected)
}
