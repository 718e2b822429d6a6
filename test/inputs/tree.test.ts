import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Look, SeenInput, Tree } from '../../src/main/looking/look'
import { openTree } from '../../src/main/looking/tree/open-tree'
import { startInputs, type Inputs, type WidgetKind } from '../harness/inputs'
import { placeOf } from '../harness/inputs/place-of'
import { widgetKinds } from '../harness/inputs/widget-kinds'
import { personAt } from './person'

// What the accessibility tree tells of the inputs that agents really have, against each editor's own document.

const LIMIT = { timeout: 15_000 }
/** Monaco's own field for the keyboard holds nothing, unless a screen reader asks for it. */
const read = widgetKinds.filter((kind) => kind !== 'monaco')
/** Editors that show only what is drawn of a long text. */
const PARTIAL = new Set<WidgetKind>(['codemirror'])
const line = 'The quick brown fox jumps over the lazy dog until noon.'
const texts = [
  'one line',
  'two\nlines',
  'a blank\n\nline',
  'two  spaces   three',
  ' edges ',
  'tab\there',
  '🐝 👩‍👩‍👧 שלום עולם 漢字',
  'a\u00A0hard space',
  '# heading\n- item\n**bold**\n`code`',
  '<b>html</b> &amp; "quotes"',
  Array.from({ length: 80 }, (_, index) => `${index} ${line}`).join('\n'),
]

let inputs: Inputs
let tree: Tree
beforeAll(async () => {
  const windows = widgetKinds.map((widget) => ({ name: widget, widget, history: 300 }))
  inputs = await startInputs({ windows, accessibility: true })
  tree = openTree({ env: process.env })
})
afterAll(async () => {
  tree.close()
  await inputs.stop()
})

async function found(name: string): Promise<SeenInput> {
  const place = await placeOf(inputs, name)
  const seen = await vi.waitUntil(async () => {
    const answer = await tree.find(place)
    return 'kind' in answer ? undefined : answer
  }, LIMIT)
  return seen
}

async function text(seen: SeenInput): Promise<string> {
  const look = await seen.look({ focused: false })
  return look.kind === 'text' ? look.text : JSON.stringify(look)
}

describe.each(read)('%s, below 300 messages', (kind) => {
  const isShort = (one: string): boolean => !PARTIAL.has(kind) || one.split('\n').length < 4

  test('reads as its own document, and only where all of it is shown is that exact', async () => {
    const seen = await found(kind)
    for (const one of texts.filter(isShort)) {
      await inputs.setDraft(kind, one)
      await expect.poll(async () => text(seen), LIMIT).toBe(one)
      const sure = PARTIAL.has(kind) ? 'partial' : 'exact'
      expect(await seen.look({ focused: false })).toMatchObject({ sure, isRich: false, blank: undefined })
    }
    await inputs.setDraft(kind, '')
    await expect.poll(async () => text(seen), LIMIT).toBe('')
  })

  test('empty, it is told from a draft, with whatever advice it shows', async () => {
    const seen = await found(kind)
    await expect.poll(async () => text(seen), LIMIT).toBe('')
    const look = await seen.look({ focused: false })
    expect(look).toMatchObject({ kind: 'text', isRich: false, blank: { means: 'tree' } })
  })

  test('a hundred looks leave document and selection as they are, and no key is heard', async () => {
    const seen = await found(kind)
    if (!(await inputs.setRichDraft(kind))) await inputs.setDraft(kind, 'a plain draft')
    const isRich = (await inputs.peek(kind)).text === 'see @file.ts now'
    await expect.poll(async () => seen.look({ focused: false }), LIMIT).toMatchObject({ isRich })
    const before = [await inputs.peek(kind), await inputs.selection(kind), inputs.events(kind)]
    for (let time = 0; time < 100; time++) await seen.look({ focused: time % 2 === 0 })
    expect([await inputs.peek(kind), await inputs.selection(kind), inputs.events(kind)]).toEqual(before)
    await inputs.setDraft(kind, '')
  })

  test('a focus elsewhere and a question are told; the draft is read all the same', async () => {
    const seen = await found(kind)
    await inputs.setDraft(kind, 'a draft')
    await expect.poll(async () => text(seen), LIMIT).toBe('a draft')
    await inputs.focusSearch(kind)
    const focused = { focused: true }
    const search = { kind: 'elsewhere', name: 'Search', isQuestion: false, text: '' }
    await expect.poll(async () => seen.look(focused), LIMIT).toMatchObject(search)
    expect(await text(seen)).toBe('a draft')
    await inputs.dialog(kind, true)
    const question = { kind: 'elsewhere', role: 'push button', isQuestion: true }
    await expect.poll(async () => seen.look(focused), LIMIT).toMatchObject(question)
    await inputs.dialog(kind, false)
    // A dialog that closes gives the focus back, a little later than it is asked for.
    const focusedAgain = async (): Promise<Look> => {
      await inputs.focusInput(kind)
      return seen.look(focused)
    }
    await expect.poll(focusedAgain, LIMIT).toMatchObject({ kind: 'text', text: 'a draft' })
    await inputs.setDraft(kind, '')
  })
})

// Lexical by itself leaves its element editable when it is locked; that is up to what surrounds it.
const lockable = read.filter((kind) => !kind.startsWith('lexical'))

test.each(lockable)(
  '%s, while it answers, takes nothing, and it takes text again afterwards',
  async (kind) => {
    const seen = await found(kind)
    await inputs.set(kind, { disabledWhileAnswering: 600_000 })
    await inputs.setDraft(kind, 'a question')
    const person = personAt(inputs, kind)
    await person.click()
    const count = inputs.submissions().length
    person.press('Return')
    await inputs.submitted(count + 1)
    for (const focused of [true, false])
      await expect.poll(async () => seen.look({ focused }), LIMIT).toEqual({ kind: 'disabled' })
    await inputs.busy(kind, false)
    await expect.poll(async () => text(seen), LIMIT).toBe('')
    await inputs.setDraft(kind, 'two\nlines')
    await expect.poll(async () => text(await found(kind)), LIMIT).toBe('two\nlines')
    await inputs.reset(kind, { widget: kind, history: 300 })
  },
)

test('monaco, which shows none of its text, is never taken for empty', async () => {
  const seen = await found('monaco')
  for (const draft of ['', 'a draft']) {
    await inputs.setDraft('monaco', draft)
    await inputs.focusInput('monaco')
    await expect
      .poll(async () => seen.look({ focused: true }), LIMIT)
      .toMatchObject({ kind: 'text', text: '' })
    expect(await seen.look({ focused: true })).toMatchObject({ sure: 'weak' })
  }
  await inputs.setDraft('monaco', '')
})

test.each<WidgetKind>(['textarea', 'lexical', 'prosemirror-chat'])(
  'in a shadow root, and in a frame, %s is found and read',
  async (kind) => {
    for (const where of [{ shadow: true }, { iframe: true }]) {
      await inputs.reset(kind, { widget: kind, ...where })
      const seen = await found(kind)
      await inputs.setDraft(kind, 'two\nlines')
      await expect.poll(async () => text(seen), LIMIT).toBe('two\nlines')
    }
    await inputs.reset(kind, { widget: kind, history: 300 })
  },
)

test('where monaco stands is told only while that is seen: of a caret out of sight the tree tells an edge', async () => {
  const seen = await found('monaco')
  await inputs.setDraft('monaco', 'some words of a message '.repeat(60))
  const height = async () => {
    const look = await seen.look({ focused: false })
    return look.kind === 'text' && look.rect !== undefined ? look.rect.height : 'untold'
  }
  await expect.poll(height, LIMIT).toBe('untold')
  await inputs.setDraft('monaco', '')
  await expect.poll(height, LIMIT).toBeGreaterThan(10)
})

test('sixty thousand characters that are one object of the page are read whole', async () => {
  const seen = await found('textarea')
  const long = Array.from({ length: 1000 }, (_, index) => `${index} ${line}`).join('\n')
  await inputs.setDraft('textarea', long)
  await expect.poll(async () => (await text(seen)) === long, LIMIT).toBe(true)
  expect(await seen.look({ focused: false })).toMatchObject({ sure: 'exact' })
})

test('of very many paragraphs the ends are read, and they are never all there is', async () => {
  const seen = await found('prosemirror-chat')
  const lines = Array.from({ length: 1000 }, (_, index) => `${index} ${line}`)
  await inputs.setDraft('prosemirror-chat', lines.join('\n'))
  await expect.poll(async () => seen.look({ focused: false }), LIMIT).toMatchObject({ sure: 'partial' })
  const shown = (await text(seen)).split('\n')
  expect([shown[0], shown.at(-1)]).toEqual([lines[0], lines.at(-1)])
})
