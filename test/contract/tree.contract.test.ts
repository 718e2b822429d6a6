import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Look, Place, SeenInput, Tree } from '../../src/main/looking/look'
import { openTree } from '../../src/main/looking/tree/open-tree'
import { FakeTree, type FakeTreeWindow } from '../fakes/fake-tree'
import { HastyClock } from '../fakes/hasty-clock'
import { startInputs } from '../harness/inputs'
import { switchTree, tellScreenReader } from '../harness/inputs/accessibility'
import { placeOf } from '../harness/inputs/place-of'
import { halt } from '../harness/processes'
import { personAt } from '../inputs/person'

/** Two windows with an input each, and whatever takes the focus away from it. */
interface Stage {
  readonly tree: Tree
  place(name: Name): Promise<Place>
  setText(name: Name, text: string): Promise<void>
  /** Text that is more than text. */
  setRich(name: Name): Promise<void>
  focusInput(name: Name): Promise<void>
  focusSearch(name: Name): Promise<void>
  ask(name: Name, shown: boolean): Promise<void>
  lock(name: Name, locked: boolean): Promise<void>
  minimize(name: Name, minimized: boolean): Promise<void>
  /** Halts the program of both windows, or lets it go on. */
  halt(halted: boolean): Promise<void>
  end(): Promise<void>
}
type Name = 'Left' | 'Right'

const here = { focused: true }
const anywhere = { focused: false }

async function shows(seen: SeenInput, expected: object, how = anywhere): Promise<void> {
  await expect.poll(async () => seen.look(how)).toMatchObject(expected)
}

describe.each([
  ['the fake', fakeStage],
  ['AT-SPI over D-Bus', realStage],
])('the accessibility tree: %s', (_, open) => {
  let stage: Stage

  beforeAll(async () => (stage = await open()))
  afterAll(async () => stage.end())
  beforeEach(async () => {
    for (const name of ['Left', 'Right'] as const) await stage.setText(name, '')
  })

  async function found(name: Name): Promise<SeenInput> {
    const seen = await stage.tree.find(await stage.place(name))
    if ('kind' in seen) throw new Error(`not found: ${JSON.stringify(seen)}`)
    return seen
  }

  test('each window’s own input is found, and what stands in it is told exactly, line by line', async () => {
    const inputs = { Left: await found('Left'), Right: await found('Right') }
    for (const text of ['one line', 'two\nlines', 'a\n\nb', 'x', '🐝 ñ 漢字 שלום'])
      for (const name of ['Left', 'Right', 'Left'] as const) {
        await stage.setText(name, `${name}: ${text}`)
        const whole = { kind: 'text', means: 'tree', sure: 'exact', isRich: false, blank: undefined }
        await shows(inputs[name], { ...whole, text: `${name}: ${text}` })
      }
  })

  test('advice in an empty input is no text of it', async () => {
    const seen = await found('Right')
    await shows(seen, { kind: 'text', text: '', isRich: false })
    const look = await seen.look(anywhere)
    await stage.setText('Right', 'words')
    await shows(seen, { text: 'words', blank: undefined })
    await stage.setText('Right', '')
    await expect
      .poll(async () => seen.look(anywhere))
      .toEqual({ ...look, rect: expect.anything() as unknown })
    expect(look).toMatchObject({ blank: { means: 'tree', shown: ADVICE } })
  })

  test('a draft that holds more than text is told from plain text', async () => {
    const seen = await found('Right')
    await stage.setRich('Right')
    await shows(seen, { kind: 'text', isRich: true })
    await stage.setText('Right', 'plain')
    await shows(seen, { kind: 'text', text: 'plain', isRich: false })
  })

  test('another field with the focus is told, and the input is read all the same where that does not matter', async () => {
    for (const name of ['Left', 'Right'] as const) {
      const seen = await found(name)
      await stage.setText(name, 'a draft')
      await stage.focusInput(name)
      await shows(seen, { kind: 'text', text: 'a draft' }, here)
      await stage.focusSearch(name)
      await shows(seen, { kind: 'elsewhere', role: 'entry', name: 'Search', isQuestion: false }, here)
      await shows(seen, { kind: 'text', text: 'a draft' })
      await stage.focusInput(name)
      await shows(seen, { kind: 'text', text: 'a draft' }, here)
    }
  })

  test('a question with the focus on its button is told, before and after the input was found', async () => {
    const seen = await found('Left')
    await stage.ask('Left', true)
    const question = { kind: 'elsewhere', role: 'push button', isQuestion: true }
    await shows(seen, question, here)
    const place = await stage.place('Left')
    const again = await stage.tree.find(place)
    expect('kind' in again ? again : await again.look(here)).toMatchObject(question)
    await stage.ask('Left', false)
    await stage.focusInput('Left')
    await shows(seen, { kind: 'text' }, here)
  })

  test('an input that takes nothing now is told from an empty one', async () => {
    const seen = await found('Left')
    await stage.lock('Left', true)
    for (const how of [here, anywhere]) await shows(seen, { kind: 'disabled' }, how)
    await stage.lock('Left', false)
    await shows(seen, { kind: 'text', text: '' })
  })

  test('who waits for a change is called when there is one, and soon enough when there is none', async () => {
    const seen = await found('Right')
    await seen.look(anywhere)
    await seen.changed(50)
    const waiting = seen.changed(600_000)
    await stage.setText('Right', 'news')
    await waiting
    await shows(seen, { text: 'news' })
  })

  test('where no input stands, none is found', async () => {
    const place = await stage.place('Left')
    const point = { x: place.rect.x + 5, y: place.rect.y + 5 }
    const seen = await stage.tree.find({ ...place, point })
    expect(seen).toHaveProperty('kind')
  })

  test('a page that is not on the screen is never taken for an empty input', async () => {
    const place = await stage.place('Left')
    const seen = await found('Left')
    await stage.minimize('Left', true)
    await shows(seen, { kind: 'unreadable', why: 'page-empty' })
    expect(await stage.tree.find(place)).toMatchObject({ kind: 'unreadable', why: 'page-empty' })
    await stage.minimize('Left', false)
    await shows(seen, { kind: 'text', text: '' })
  })

  test('a program that does not answer is unreadable within a second or so, and read again once it answers', async () => {
    const place = await stage.place('Left')
    const seen = await found('Left')
    await stage.halt(true)
    const looks = await Promise.all([seen.look(here), seen.look(anywhere), stage.tree.find(place)])
    await stage.halt(false)
    for (const look of looks) expect(look).toMatchObject({ kind: 'unreadable', why: 'timeout' })
    await shows(seen, { kind: 'text', text: '' })
  })

  test('a program without a tree is unreadable, and the cure is a sentence', async () => {
    const place = { ...(await stage.place('Left')), pid: process.pid }
    const unreadable = (await stage.tree.find(place)) as Extract<Look, { kind: 'unreadable' }>
    expect(unreadable).toMatchObject({ kind: 'unreadable', why: 'not-registered' })
    expect(unreadable.cure).toMatch(/^[A-Z].*\.$/)
  })

  test('the trees are switched on and off for programs to come', async () => {
    const { tree } = stage
    expect(await tree.isOn()).toBe(true)
    const place = { ...(await stage.place('Left')), pid: process.pid }
    await tree.turn(false)
    expect(await tree.isOn()).toBe(false)
    expect(await tree.find(place)).toMatchObject({ kind: 'unreadable', why: 'off' })
    await tree.turn(true)
    expect(await tree.isOn()).toBe(true)
  })
})

test('what a screen reader needs is not switched off under it', async () => {
  const tree = openTree({ env: process.env })
  const switched = await switchTree(true, process.env)
  await tellScreenReader(true, process.env)
  await expect(tree.turn(false)).rejects.toThrow(/screen reader is in use.*stays on/)
  expect(await tree.isOn()).toBe(true)
  await tellScreenReader(false, process.env)
  await tree.turn(false)
  expect(await tree.isOn()).toBe(false)
  await switched.stop()
  tree.close()
})

const ADVICE = 'Ask Right anything'

async function fakeStage(): Promise<Stage> {
  const clock = new HastyClock()
  const tree = new FakeTree(clock)
  const open = (title: string, x: number): FakeTreeWindow =>
    tree.openWindow({
      pid: 4711,
      title,
      rect: { x, y: 20, width: 300, height: 300 },
      point: { x: x + 150, y: 280 },
    })
  const windows = { Left: open('Left: chat', 10), Right: open('Right: chat', 400) }
  windows.Right.placeholder = ADVICE
  return {
    tree,
    place: async (name) => windows[name].place,
    setText: async (name, text) => void Object.assign(windows[name], { text, isRich: false }),
    setRich: async (name) => void Object.assign(windows[name], { text: 'a bold draft', isRich: true }),
    focusInput: async (name) => void (windows[name].otherFocus = undefined),
    focusSearch: async (name) =>
      void (windows[name].otherFocus = { role: 'entry', name: 'Search', isQuestion: false }),
    ask: async (name, shown) =>
      void (windows[name].otherFocus = shown
        ? { role: 'push button', name: 'Allow', isQuestion: true }
        : undefined),
    lock: async (name, locked) => void (windows[name].isDisabled = locked),
    minimize: async (name, minimized) =>
      void (windows[name].unreadable = minimized ? 'page-empty' : undefined),
    halt: async (halted) => void (windows.Left.unreadable = halted ? 'timeout' : undefined),
    end: async () => tree.close(),
  }
}

async function realStage(): Promise<Stage> {
  const inputs = await startInputs({
    windows: [
      { name: 'Left', widget: 'textarea' },
      { name: 'Right', widget: 'tiptap', placeholder: ADVICE },
    ],
    accessibility: true,
  })
  const tree = openTree({ env: process.env })
  const { pid } = await placeOf(inputs, 'Left')
  const places = { Left: await placeOf(inputs, 'Left'), Right: await placeOf(inputs, 'Right') }
  return {
    tree,
    place: async (name) => places[name],
    setText: (name, text) => inputs.setDraft(name, text),
    setRich: async (name) => void (await inputs.setRichDraft(name)),
    focusInput: (name) => inputs.focusInput(name),
    focusSearch: (name) => inputs.focusSearch(name),
    ask: (name, shown) => inputs.dialog(name, shown),
    async lock(name, locked) {
      if (!locked) return inputs.reset(name, { widget: name === 'Left' ? 'textarea' : 'tiptap' })
      await inputs.set(name, { disabledWhileAnswering: 600_000 })
      await inputs.setDraft(name, 'a question')
      const person = personAt(inputs, name)
      await person.click()
      person.press('Return')
    },
    async minimize(name, minimized) {
      if (minimized) await inputs.minimize(name)
      else await inputs.restore(name)
    },
    halt: async (halted) => (halted ? halt(pid) : void process.kill(pid, 'SIGCONT')),
    async end() {
      tree.close()
      await inputs.stop()
    },
  }
}
