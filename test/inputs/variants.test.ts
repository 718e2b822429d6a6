import { afterAll, beforeAll, expect, test } from 'vitest'
import { startInputs, type Inputs, type InputEvent, type Page } from '../harness/inputs'
import { widgetKinds } from '../harness/inputs/widget-kinds'
import { copyText, personAt, pictureOf, type Person } from './person'

// What the pages do besides taking text. One window, shown anew for each case.

let inputs: Inputs
let person: Person
let entriesBefore = 0
beforeAll(async () => {
  const rect = { x: 40, y: 60, width: 700, height: 500 }
  inputs = await startInputs({ windows: [{ name: 'A', rect }] })
  person = personAt(inputs, 'A')
})
afterAll(async () => inputs.stop())

const forever = 3_600_000

test.each(['textarea', 'lexical', 'tiptap', 'slate', 'monaco'] as const)(
  'busy: Enter in %s is ignored after a message, the text stays, and it is sent once that is over',
  async (widget) => {
    await begin({ widget, busy: forever })
    person.type('one')
    await holds('one')
    person.press('Return')
    await holds('')
    person.type('two')
    await holds('two')
    person.press('Return')
    await happened('busy-enter')
    await holds('two')
    await inputs.busy('A', false)
    person.press('Return')
    await holds('')
    expect(submitted()).toEqual(['one', 'two'])
  },
)

test('busy ends by itself', async () => {
  await begin({ widget: 'lexical', busy: 200 })
  person.type('one')
  person.press('Return')
  person.type('two')
  await expect
    .poll(() => {
      person.press('Return')
      return submitted()
    })
    .toEqual(['one', 'two'])
})

test.each(['react', 'lexical', 'prosemirror', 'monaco'] as const)(
  'disabledWhileAnswering: %s takes nothing after a message, until that is over',
  async (widget) => {
    await begin({ widget, disabledWhileAnswering: forever })
    person.type('one')
    await holds('one')
    person.press('Return')
    await holds('')
    person.type('lost')
    expect((await inputs.peek('A')).text).toBe('')
    await inputs.busy('A', false)
    await expect
      .poll(async () => {
        await person.click()
        person.type('x')
        return (await inputs.peek('A')).text
      })
      .toMatch(/^x+$/)
    expect(submitted()).toEqual(['one'])
  },
)

test.each(['textarea', 'lexical', 'tiptap', 'monaco', 'codemirror'] as const)(
  'suggest: the first Enter in %s takes the entry, the second one sends what it made',
  async (widget) => {
    await begin({ widget, suggest: true })
    person.type('ping @al')
    await expect.poll(async () => (await inputs.peek('A')).list).toBe(true)
    person.press('Return')
    await happened('suggestion')
    await holds('ping @alsuggested ')
    expect(submitted()).toEqual([])
    person.press('Return')
    await expect.poll(submitted).toEqual(['ping @alsuggested '])
  },
)

test.each(['textarea', 'lexical', 'prosemirror', 'slate', 'monaco'] as const)(
  'chip: a long paste into %s becomes an attachment, which is sent before the text',
  async (widget) => {
    await begin({ widget, chip: 50 })
    const long = 'a long paste, '.repeat(6)
    copyText(long)
    person.press('ctrl+v')
    await happened('chip')
    expect(await inputs.peek('A')).toMatchObject({ text: '', chips: [long] })
    person.type('see this')
    await holds('see this')
    person.press('Return')
    await expect.poll(submitted).toEqual([`${long}\nsee this`])
    expect(await inputs.peek('A')).toMatchObject({ text: '', chips: [] })
  },
)

test.each(['textarea', 'lexical', 'monaco'] as const)(
  'dialog: it has the focus over %s, and Enter answers it',
  async (widget) => {
    await begin({ widget })
    person.type('waiting')
    await holds('waiting')
    await inputs.dialog('A', true)
    person.press('Return')
    await expect.poll(() => inputs.answers().at(-1)).toMatchObject({ agent: 'A', answer: 'allow' })
    await holds('waiting')
    expect(submitted()).toEqual([])
  },
)

test('search: another field of the page takes the focus, by itself or when told to', async () => {
  await begin({ widget: 'prosemirror' })
  person.type('mine')
  await holds('mine')
  await inputs.focusSearch('A')
  person.type('not mine')
  person.press('Return')
  expect(await happened('search-enter')).toMatchObject({ value: 'not mine' })
  expect(await inputs.peek('A')).toMatchObject({ text: 'mine', search: 'not mine' })
  await inputs.reset('A', { widget: 'prosemirror', search: 1 })
  await expect
    .poll(async () => {
      person.type('x')
      return (await inputs.peek('A')).search
    })
    .toMatch(/x/)
  expect(submitted()).toEqual([])
})

test('moves: the input stands elsewhere after the first message', async () => {
  await begin({ widget: 'lexical', moves: true })
  const before = await inputs.window('A')
  person.type('one')
  person.press('Return')
  await expect.poll(submitted).toEqual(['one'])
  const after = await inputs.window('A')
  expect(after.rect).toEqual(before.rect)
  expect(after.input[1]).toBeGreaterThan(before.input[1] + 100)
})

test.each(['react', 'lexical'] as const)('smart: what is pasted into %s is set right', async (widget) => {
  await begin({ widget, smart: true })
  copyText('"quoted" -- it\'s ...')
  person.press('ctrl+v')
  await holds('“quoted” — it’s …')
})

test.each(['textarea', 'tiptap'] as const)(
  'alterOnEnter: the first Enter in %s corrects, the second sends',
  async (widget) => {
    await begin({ widget })
    await inputs.set('A', { alterOnEnter: true })
    person.type('one')
    person.press('Return')
    await happened('altered')
    await holds('one (corrected)')
    expect(submitted()).toEqual([])
    person.press('Return')
    await expect.poll(submitted).toEqual(['one (corrected)'])
  },
)

test.each(['textarea', 'react', 'lexical', 'quill'] as const)(
  'limit: %s holds no more than that',
  async (widget) => {
    await begin({ widget, limit: 10 })
    copyText('twenty characters in')
    person.press('ctrl+v')
    await holds('twenty cha')
  },
)

test('slowClear: the text stands there for a while after it was sent, and Enter does not send it twice', async () => {
  // Long enough for the second Enter to come in between, on a busy machine, too.
  await begin({ widget: 'slate', slowClear: 3000 })
  person.type('one')
  person.press('Return', 'Return')
  await happened('busy-enter')
  await holds('')
  expect(submitted()).toEqual(['one'])
})

test('restore: nothing is sent, and the emptied input gets its text back', async () => {
  await begin({ widget: 'prosemirror-chat', restore: 150 })
  person.type('one')
  await holds('one')
  person.press('Return')
  await happened('send-failed')
  await holds('one')
  expect(submitted()).toEqual([])
  await inputs.set('A', {})
  person.press('Return')
  await expect.poll(submitted).toEqual(['one'])
})

test.each(widgetKinds)(
  'placeholder: %s shows it while it is empty, and its document has nothing of it',
  async (widget) => {
    const pictures: string[] = []
    for (const placeholder of ['', 'WWWWWW', 'iiiiii']) {
      await inputs.reset('A', { widget, placeholder })
      expect((await inputs.peek('A')).text).toBe('')
      pictures.push(await pictureOf(inputs, 'A'))
    }
    expect(new Set(pictures).size).toBe(3)
  },
)

test.each(['textarea', 'lexical', 'prosemirror', 'monaco'] as const)(
  'iframe: %s takes text and Enter there',
  async (widget) => {
    await takesText({ widget, iframe: true })
  },
)

// In Chrome 130 a page cannot see the selection in a shadow root: Slate takes no paste there, Quill no Enter, and
// what is typed into Lexical gets lost.
test.each(['react', 'lexical', 'tiptap', 'monaco', 'codemirror'] as const)(
  'shadow, history: %s takes text and Enter in a shadow root below 300 messages',
  async (widget) => {
    await takesText({ widget, shadow: true, history: 300 })
  },
)

async function takesText(page: Page): Promise<void> {
  await begin(page)
  copyText('one\ntwo')
  person.press('ctrl+v')
  await holds('one\ntwo')
  person.press('Return')
  await holds('')
  expect(submitted()).toEqual(['one\ntwo'])
}

async function begin(page: Page): Promise<void> {
  await inputs.reset('A', page)
  await person.enter()
  entriesBefore = Math.max(0, ...[...inputs.submissions(), ...inputs.events()].map(({ n }) => n))
}

async function holds(text: string): Promise<void> {
  await expect.poll(async () => (await inputs.peek('A')).text).toBe(text)
}

/** What was submitted in this case. */
function submitted(): string[] {
  return inputs
    .submissions()
    .filter(({ n }) => n > entriesBefore)
    .map(({ text }) => text)
}

async function happened(event: InputEvent['event']): Promise<InputEvent> {
  const found = (): InputEvent | undefined =>
    inputs.events('A').find((one) => one.event === event && one.n > entriesBefore)
  await expect.poll(found).toBeDefined()
  return found() as InputEvent
}
