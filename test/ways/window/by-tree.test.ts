import { beforeEach, expect, test } from 'vitest'
import { FakeTree, type FakeTreeWindow } from '../../fakes/fake-tree'
import { text, type DeliveryDesk } from './delivery-desk'
import { openTreeDesk } from './tree-desk'

// Deliveries that look by the accessibility tree: what it shows comes late, and needs no key and no desktop.

let desk: DeliveryDesk
let shown: FakeTreeWindow

beforeEach(() => {
  ;({ desk, shown } = openTreeDesk())
})

/** The chords that were pressed, in order. */
function chords(): string[] {
  const pressed: string[] = []
  const press = desk.desktop.press.bind(desk.desktop)
  desk.desktop.press = async (aim, ...keys) => {
    pressed.push(...keys.map((chord) => chord.join('+')))
    return press(aim, ...keys)
  }
  return pressed
}

test('a message is delivered with no key but the paste and the submit key, and the desktop let go after that', async () => {
  const pressed = chords()
  shown.latencyMs = 40
  expect(await desk.run()).toMatchObject({ state: 'delivered', proof: 'read-back' })
  expect(pressed).toEqual(['LeftControl+End', 'LeftControl+V', 'Enter'])
  expect([desk.mine.submitted, desk.freed, desk.pastes.size]).toEqual([[text], 1, 0])
})

test('the desktop is not touched once it was let go', async () => {
  let acts = 0
  const run = desk.run()
  const free = setInterval(() => (acts ||= desk.freed > 0 ? desk.desktop.acts.length : 0), 0)
  expect(await run).toMatchObject({ state: 'delivered' })
  clearInterval(free)
  expect(desk.desktop.acts.at(-1)).toBe('press')
})

test('a tree that shows nothing of the input for a moment, once the desktop was let go, is looked at again', async () => {
  await desk.run()
  const press = desk.desktop.press.bind(desk.desktop)
  desk.desktop.press = async (aim, ...keys) => {
    const miss = await press(aim, ...keys)
    if (keys.some((chord) => chord.includes('Enter'))) {
      shown.sure = 'weak'
      desk.clock.setTimer(500, () => (shown.sure = 'exact'))
    }
    return miss
  }
  let acts = 0
  desk.desktop.before = () => {
    if (desk.freed > 1) acts += 1
  }
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect([desk.freed, acts]).toEqual([2, 0])
})

test.each([
  [{ role: 'push button', name: 'Allow', isQuestion: true }, 'agent-asks'],
  [{ role: 'entry', name: 'Search', isQuestion: false }, 'focus-lost'],
] as const)('with the focus on %o nothing is typed, and the message waits', async (otherFocus, code) => {
  const pressed = chords()
  shown.otherFocus = otherFocus
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code } })
  expect([pressed, desk.mine.text]).toEqual([[], ''])
})

test('a question that comes while the mark is written to the disk is not answered', async () => {
  desk.writeMark = () => (shown.otherFocus = { role: 'push button', name: 'Allow', isQuestion: true })
  desk.desktop.before = (act) => {
    if (act === 'click') shown.otherFocus = undefined
  }
  const pressed = chords()
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'agent-asks' } })
  expect(pressed).not.toContain('Enter')
  expect([desk.mine.submitted, desk.mine.text]).toEqual([[], ''])
})

test('an input that takes nothing right now is left alone: its agent is busy', async () => {
  shown.isDisabled = true
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'agent-busy' } })
  expect(desk.mine.text).toBe('')
})

test('what is drawn of a text proves nothing equal: it is copied, too', async () => {
  shown.sure = 'partial'
  const pressed = chords()
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(pressed).toContain('LeftControl+C')
})

test('what a page opens over the input at a paste is not clicked: a tree that shows none of the text tells where the focus is', async () => {
  shown.sure = 'weak'
  const click = desk.desktop.click.bind(desk.desktop)
  desk.desktop.click = async (aim) => (desk.mine.text === '' ? click(aim) : 'no-text')
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(desk.mine.submitted).toEqual([text])
})

test.each([
  ['the focus went elsewhere', 'Enter', { otherFocus: { role: 'entry', name: 'Search', isQuestion: false } }],
  ['the program has stopped', 'C', { unreadable: 'timeout' }],
] as const)(
  'a tree that shows none of the text still tells that %s, where nothing is copied after the submit key',
  async (_, at, change) => {
    shown.sure = 'weak'
    expect(await desk.run()).toMatchObject({ state: 'delivered' })
    desk.mine.submitted.length = 0
    desk.mine.deafToEnter = 1
    const press = desk.desktop.press.bind(desk.desktop)
    desk.desktop.press = async (aim, ...keys) => {
      const miss = await press(aim, ...keys)
      if (keys.some((chord) => chord.includes('Enter'))) {
        desk.mine.answers = false
        desk.desktop.picture = async ({ width, height }) => {
          return { width, height, rgba: new Uint8Array(width * height * 4).fill(desk.clock.monotonic()) }
        }
      }
      const isAt = !desk.mine.answers && keys.some((chord) => chord.includes(at))
      if (isAt) Object.assign(shown, change)
      return miss
    }
    expect(await desk.run()).toMatchObject({ state: 'in-doubt' })
  },
)

test('an agent that takes the key late, between two tries, has the message; one whose person was there may not', async () => {
  for (const isPerson of [false, true]) {
    desk.mine.submitted.length = 0
    desk.mine.deafToEnter = 1
    expect(await desk.run()).toMatchObject({ failure: { code: 'agent-busy', left: true } })
    desk.mine.submitted.push(desk.mine.text)
    desk.mine.text = ''
    if (isPerson) desk.desktop.person()
    desk.clock.pass(500)
    expect(await desk.run()).toMatchObject({ state: isPerson ? 'in-doubt' : 'delivered' })
    expect(desk.mine.submitted).toEqual([text])
  }
})

test('an agent’s program that was started again between two tries has lost the text: in doubt, whatever its new window shows', async () => {
  desk.mine.pid = 0
  desk.mine.deafToEnter = 1
  expect(await desk.run()).toMatchObject({ failure: { code: 'agent-busy', left: true } })
  // Another program's window with the same number.
  const tree = new FakeTree(desk.clock)
  const { title, rect } = desk.mine
  const next = tree.openWindow({ pid: 2, title, rect, point: { x: 150, y: 380 } })
  next.placeholder = 'Message Agent-1 …'
  desk.tree = tree
  desk.mine.pid = 2
  desk.mine.text = ''
  desk.clock.pass(500)
  expect(await desk.run()).toMatchObject({ state: 'in-doubt' })
  expect(desk.mine.submitted).toEqual([])
})

test('a message whose text another one finds gone is never pasted again: our key, or in doubt', async () => {
  for (const isPerson of [false, true]) {
    desk.mine.submitted.length = 0
    desk.mine.deafToEnter = 1
    const first = { id: `first-${isPerson}` }
    desk.ends.set(first.id, { state: 'queued' })
    expect(await desk.run({ message: first })).toMatchObject({ failure: { code: 'agent-busy', left: true } })
    desk.mine.submitted.push(desk.mine.text)
    desk.mine.text = ''
    if (isPerson) desk.desktop.person()
    desk.clock.pass(500)
    expect(await desk.run({ message: { id: 'second', text: 'another' } })).toMatchObject({
      state: 'delivered',
    })
    expect(await desk.run({ message: first })).toMatchObject({ state: isPerson ? 'in-doubt' : 'delivered' })
    expect(desk.mine.submitted).toEqual([text, 'another'])
  }
})

test('an input that is empty for an instant and has the message again has not sent it', async () => {
  desk.mine.deafToEnter = 1
  let looks = 0
  const look = shown.look.bind(shown)
  shown.look = (focused) => {
    const seen = look(focused)
    const isGlimpse = desk.marks > 0 && ++looks === 1
    return isGlimpse && seen.kind === 'text'
      ? { ...seen, text: '', blank: { means: 'tree', shown: shown.placeholder } }
      : seen
  }
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'agent-busy' } })
})

test('a draft with a chip is left alone', async () => {
  desk.mine.text = 'see @file.ts'
  shown.isRich = true
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'draft-present' } })
  expect(desk.mine.text).toBe('see @file.ts')
})

test('a program that does not answer is looked at by copying', async () => {
  shown.unreadable = 'timeout'
  const pressed = chords()
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(pressed).toContain('LeftControl+C')
  expect(desk.freed).toBe(0)
})

test('what cannot be edited and was not there before the paste is no empty input: the message became an attachment', async () => {
  desk.desktop.before = () => {
    if (desk.marks > 0) Object.assign(shown, { placeholder: 'notes.txt', isRich: true })
  }
  expect(await desk.run()).toMatchObject({
    state: 'not-submitted',
    failure: { code: 'agent-busy', left: true },
  })
})
