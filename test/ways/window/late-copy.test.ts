import { beforeEach, expect, test } from 'vitest'
import { DeliveryDesk, text } from './delivery-desk'

// A program that is busy for longer than a copy is waited for: the input seems empty, and a draft stands there.

const draft = 'half a\nthought'
let desk: DeliveryDesk

beforeEach(() => {
  desk = new DeliveryDesk()
  desk.mine.text = draft
})

const sees = () => [desk.mine.submitted, desk.mine.text, desk.pastes.size, desk.draftsOnClipboard]

test('a copy that is made before the paste after all tells of the draft, and the message goes', async () => {
  // Two looks of three presses each: all but the last of these.
  desk.isBusyFor(5)
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(sees()).toEqual([[text], draft, 0, 0])
})

test('a copy that is made between the text’s offer and its paste leaves no draft twice, and the next try goes', async () => {
  desk.isBusyFor(6)
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'text-mismatch' } })
  expect(sees()).toEqual([[], draft, 0, 0])
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(sees()).toEqual([[text], draft, 0, 0])
})

test('the same in an editor that makes a block of each paste', async () => {
  desk.mine.shows = (pasted) => (desk.mine.text === '' ? pasted : `\n${pasted}`)
  desk.isBusyFor(6)
  expect(await desk.run()).toMatchObject({ state: 'not-submitted' })
  expect(sees()).toEqual([[], draft, 0, 0])
})

test('a draft that holds more than text is not made plain', async () => {
  desk.mine.html = '<p>half a <b>thought</b></p>'
  desk.isBusyFor(6)
  expect(await desk.run()).toMatchObject({ state: 'in-doubt', failure: { code: 'not-accepted' } })
  expect(desk.mine.submitted).toEqual([])
})

test('a test of the input is made once more, and leaves the draft as it was', async () => {
  desk.isBusyFor(6)
  expect((await desk.tryOut()).test).toMatchObject({ ok: true })
  expect(sees()).toEqual([[], draft, 0, 0])
})

/** Of a test whose copy with that number is swallowed by the program. */
async function testWithout(lost: number) {
  desk = new DeliveryDesk()
  desk.mine.text = draft
  const press = desk.desktop.press.bind(desk.desktop)
  let copies = 0
  desk.desktop.press = async (aim, ...keys) => {
    const isLost = keys.some((chord) => chord.at(-1) === 'C') && ++copies === lost
    return isLost ? undefined : press(aim, ...keys)
  }
  const { test } = await desk.tryOut()
  return { copies, is: [test.ok, test.failure, ...sees()] }
}

test('a test of an input works whichever of its copies is lost', async () => {
  const { copies } = await testWithout(0)
  expect(copies).toBeGreaterThan(5)
  for (let lost = 1; lost <= copies; lost++)
    expect([lost, (await testWithout(lost)).is]).toEqual([lost, [true, undefined, [], draft, 0, 0]])
})
