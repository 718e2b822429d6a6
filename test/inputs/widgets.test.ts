import { afterAll, beforeAll, expect, test } from 'vitest'
import { startInputs, type Inputs, type WidgetKind } from '../harness/inputs'
import { widgetKinds } from '../harness/inputs/widget-kinds'
import { copyText, personAt } from './person'

// The inputs that deliveries are judged by: each must log just what its own document held when Enter came.

let inputs: Inputs
beforeAll(async () => {
  inputs = await startInputs({ windows: widgetKinds.map((widget) => ({ name: widget, widget })) })
})
afterAll(async () => inputs.stop())

const text = 'First line of it\nsecond line\n\tthird, with  two spaces 🐝'
const chips = new Set<WidgetKind>([
  'lexical',
  'lexical-rich',
  'prosemirror',
  'prosemirror-chat',
  'tiptap',
  'slate',
  'quill',
])

test.each(widgetKinds)(
  'three lines pasted into %s and entered are logged once, and it is empty',
  async (kind) => {
    const person = personAt(inputs, kind)
    const before = inputs.submissions().length
    copyText(text)
    await person.enter()
    person.press('ctrl+v')
    await expect.poll(async () => (await inputs.peek(kind)).text).toBe(text)
    person.press('Return')
    await inputs.submitted(before + 1)
    expect(inputs.submissions().slice(before)).toMatchObject([{ agent: kind, text }])
    expect((await inputs.peek(kind)).text).toBe('')
  },
)

test.each(widgetKinds)('what is typed into %s is told by its document and its keys', async (kind) => {
  const person = personAt(inputs, kind)
  await person.enter()
  person.type('ab')
  person.press('shift+Return')
  person.type('c')
  await expect.poll(async () => (await inputs.peek(kind)).text).toBe('ab\nc')
  const keys = inputs.events(kind).filter(({ event }) => event === 'keydown')
  expect(keys.slice(-5).map(({ value }) => value)).toEqual(['a', 'b', 'Shift', 'Shift+Enter', 'c'])
})

test.each(widgetKinds)(
  'a draft set in %s is its document, with chip or bold where it has them',
  async (kind) => {
    await inputs.setDraft(kind, 'plain\n\ndraft')
    const plain = await inputs.peek(kind)
    expect(plain.text).toBe('plain\n\ndraft')
    expect(await inputs.setRichDraft(kind)).toBe(chips.has(kind))
    const rich = await inputs.peek(kind)
    if (chips.has(kind)) expect(JSON.stringify(rich.document)).toMatch(/"(format":1|strong|bold)/)
    expect(rich.text).toBe(chips.has(kind) ? 'see @file.ts now' : 'plain\n\ndraft')
    await inputs.setDraft(kind, '')
    expect((await inputs.peek(kind)).text).toBe('')
  },
)

test.each(widgetKinds)('the caret in %s is told by its own selection', async (kind) => {
  const person = personAt(inputs, kind)
  await inputs.setDraft(kind, 'word')
  await person.enter()
  person.press('End')
  const end = await settled(async () => inputs.selection(kind))
  person.press('shift+Left')
  await expect.poll(async () => inputs.selection(kind)).not.toEqual(end)
  person.press('Right')
  await expect.poll(async () => inputs.selection(kind)).toEqual(end)
})

/** What is read twice the same. */
async function settled<T>(read: () => Promise<T>): Promise<T> {
  let last = await read()
  await expect
    .poll(async () => {
      const before = last
      last = await read()
      return JSON.stringify(last) === JSON.stringify(before)
    })
    .toBe(true)
  return last
}
