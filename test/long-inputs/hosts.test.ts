import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { InputSpec } from '../harness/inputs'
import type { Rect } from '../harness/tiles'
import { matrixDesk, type Cell, type LookedAtBy, type MatrixDesk } from '../real-inputs/matrix-desk'

// Programs that are not Electron: the browsers, an editor of GTK and one of Qt, Java. What was logged, or what an editor
// without a submit key has saved, is the truth.

const chats: readonly InputSpec[] = [
  { name: 'chromium-lexical', host: 'chromium', widget: 'lexical', rect: place(0, 0, 510) },
  { name: 'chromium-textarea', host: 'chromium', widget: 'textarea', rect: place(0, 1, 510) },
  { name: 'firefox-lexical', host: 'firefox', widget: 'lexical', rect: place(0, 2, 510) },
  {
    name: 'firefox-prosemirror',
    host: 'firefox',
    widget: 'prosemirror-chat',
    placeholder: '',
    rect: place(525, 0, 510),
  },
  { name: 'swing', host: 'swing', rect: place(1050, 0, 215) },
]
const editors: readonly InputSpec[] = [
  { name: 'mousepad', host: 'mousepad', rect: place(525, 1, 510) },
  { name: 'kwrite', host: 'kwrite', rect: place(525, 2, 510) },
]
/** Debian's Java shows no tree unless it is started for one. */
const copiedOnly = new Set(['swing'])
const names = (specs: readonly InputSpec[]): string[] => specs.map(({ name }) => name)
const text = 'First line of it.\nThe second line, with “quotes” & 🐝\n\tand a third'
const draft = 'half a thought\nof mine'

describe('by the tree', () => everyHost('tree'))
describe('by copying', () => everyHost('copy'))

function everyHost(by: LookedAtBy): void {
  const desk = matrixDesk([...chats, ...editors], by)
  chatTests(desk, by)
  adviceTest(desk)
  editorTests(desk)
}

async function met(meeting: Promise<Cell>): Promise<Cell> {
  const cell = await meeting
  onTestFinished(async () => cell.end())
  return cell
}

function chatTests(desk: MatrixDesk, by: LookedAtBy): void {
  test.each(names(chats))('%s is tested, and says how it is read', async (name) => {
    await met(desk.meet(name))
    const result = await desk.pipe.call('agent.test', { name })
    expect(result).toMatchObject({ ok: true, lookedAtBy: copiedOnly.has(name) ? 'copy' : by })
    expect((await desk.inputs.peek(name)).text).toBe('')
  })

  test.each(names(chats))('%s gets three lines', async (name) => {
    const cell = await met(desk.meet(name))
    expect(await cell.settled(await cell.send(text))).toMatchObject({
      state: 'delivered',
      proof: 'read-back',
    })
    expect(cell.arrived()).toEqual([text])
  })

  test.each(names(chats))('%s gets a message once it takes Enter again', async (name) => {
    const cell = await met(desk.meet(name))
    await desk.inputs.busy(name, true)
    const id = await cell.send(text)
    expect(await cell.settled(id, ['agent-busy'])).toMatchObject({ state: 'queued' })
    expect(cell.arrived()).toEqual([])
    await desk.inputs.busy(name, false)
    expect(await cell.settled(id)).toMatchObject({ state: 'delivered' })
    expect(cell.arrived()).toEqual([text])
  })

  test.each(names(chats))('%s keeps a draft', async (name) => {
    const cell = await met(desk.meet(name))
    await desk.inputs.setDraft(name, draft)
    expect(await cell.settled(await cell.send(text))).toMatchObject({ state: 'delivered' })
    expect(cell.arrived()).toEqual([text])
    await expect.poll(async () => (await desk.inputs.peek(name)).text).toBe(draft)
  })
}

/** Where an editor shows its words of advice by CSS, Firefox's tree shows them as if they had been typed. */
function adviceTest(desk: MatrixDesk): void {
  test('firefox-prosemirror is known to be empty, whatever advice it shows', async () => {
    const cell = await met(desk.meet('firefox-prosemirror', { placeholder: 'Ask anything' }))
    expect(await cell.settled(await cell.send(text))).toMatchObject({ state: 'delivered' })
    expect(cell.arrived()).toEqual([text])
  })
}

/** Enter would only make a line in them, so their profile has no submit key. */
function editorTests(desk: MatrixDesk): void {
  beforeAll(async () => {
    await desk.pipe.call('settings.set', {
      changes: { profiles: { unsent: { base: 'chat', submit: 'none' } } },
    })
  })
  const set = async (name: string): Promise<Cell> =>
    met(desk.set(name, { profile: 'unsent', window: `${name}\\.txt` }))

  test.each(names(editors))(
    '%s holds three lines, which count as delivered, and no line more',
    async (name) => {
      await desk.inputs.reset(name, { widget: 'textarea' })
      const cell = await set(name)
      expect(await cell.settled(await cell.send(text))).toMatchObject({
        state: 'delivered',
        proof: 'read-back',
      })
      expect((await desk.inputs.peek(name)).text).toBe(text)
    },
  )

  test.each(names(editors))('%s with a draft is left alone until that is gone', async (name) => {
    await desk.inputs.setDraft(name, draft)
    const cell = await set(name)
    const id = await cell.send(text)
    expect(await cell.settled(id, ['draft-present'])).toMatchObject({ state: 'queued' })
    expect((await desk.inputs.peek(name)).text).toBe(draft)
    await desk.inputs.setDraft(name, '')
    await set(name)
    expect(await cell.settled(id)).toMatchObject({ state: 'delivered' })
    expect((await desk.inputs.peek(name)).text).toBe(text)
  })
}

/** One of three rows, with room for a frame. */
function place(x: number, row: number, width: number): Rect {
  return { x: x + 5, y: row * 265 + 30, width, height: 225 }
}
