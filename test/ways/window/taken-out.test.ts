import { beforeEach, expect, test } from 'vitest'
import type { FakeTreeWindow } from '../../fakes/fake-tree'
import { text, type DeliveryDesk } from './delivery-desk'
import { openTreeDesk } from './tree-desk'

// What becomes of a paste, and of the draft below it, when the page or the desk changes before all is done.

let desk: DeliveryDesk
let shown: FakeTreeWindow

beforeEach(() => {
  ;({ desk, shown } = openTreeDesk())
})

test('a focus that moves away after the paste gets no submit key, and the text is taken out', async () => {
  desk.mine.shows = (pasted) => {
    shown.otherFocus = { role: 'entry', name: 'Search', isQuestion: false }
    return pasted
  }
  desk.desktop.before = (act) => {
    if (act === 'click') shown.otherFocus = undefined
  }
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'focus-lost' } })
  expect([desk.marks, desk.mine.submitted, desk.mine.text, desk.pastes.size]).toEqual([0, [], '', 0])
})

test('a paste that a page has led to another of its fields is taken out there, and the message waits', async () => {
  desk.mine.shows = (pasted) => {
    // What this window holds is the other field's from now on.
    shown.otherFocus = {
      role: 'entry',
      name: 'Search',
      isQuestion: false,
      text: pasted.replaceAll('\n', ' '),
    }
    return pasted
  }
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'focus-lost' } })
  expect([desk.mine.text, desk.mine.submitted, desk.pastes.size]).toEqual(['', [], 0])
})

test('a text whose input cannot be read after the paste is no attachment: it stays there, noted, and goes once it can be', async () => {
  desk.mine.shows = (pasted) => {
    shown.unreadable = 'page-empty'
    return pasted
  }
  expect(await desk.run()).toMatchObject({
    state: 'not-submitted',
    failure: { code: 'unreadable', left: true },
  })
  expect([desk.mine.text, desk.pastes.get('Agent-1')?.text]).toEqual([text, text])
  shown.unreadable = undefined
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect([desk.mine.submitted, desk.mine.text]).toEqual([[text], ''])
})

test('a draft goes back into an input that another window covers just then: it is brought to the front once more', async () => {
  desk.mine.text = 'half a thought'
  let clicks = 0
  desk.desktop.before = (act) => {
    if (act === 'offerText' && desk.mine.submitted.length > 0) clicks ||= 1
    if (clicks === 1) shown.unreadable = 'page-empty'
    if (act === 'click' && clicks > 0 && ++clicks === 3) shown.unreadable = undefined
  }
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect([desk.mine.submitted, desk.mine.text, desk.draftsOnClipboard]).toEqual([[text], 'half a thought', 0])
})

test('a page that moves the focus again while a text is taken out is clicked again, and the text is gone', async () => {
  const search = { role: 'entry', name: 'Search', isQuestion: false }
  desk.mine.shows = (pasted) => {
    shown.otherFocus = search
    return pasted
  }
  let clicks = 0
  desk.desktop.before = (act) => {
    // The click for the paste, one that the page answers with its own field once more, and one that it leaves.
    if (act === 'click') shown.otherFocus = ++clicks === 2 ? search : undefined
  }
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'focus-lost' } })
  expect([desk.mine.submitted, desk.mine.text, desk.pastes.size]).toEqual([[], '', 0])
})

test('a draft waits for a question that passes before it goes back, and clicks nothing meanwhile', async () => {
  desk.mine.text = 'half a thought'
  const asks = { role: 'push button', name: 'Allow', isQuestion: true }
  let until = 0
  Object.defineProperty(shown, 'otherFocus', {
    get: () => (desk.clock.monotonic() < until ? asks : undefined),
  })
  let clicks = 0
  desk.desktop.before = (act) => {
    if (act === 'click' && shown.otherFocus) clicks += 1
  }
  const press = desk.desktop.press.bind(desk.desktop)
  desk.desktop.press = async (aim, ...keys) => {
    if (keys.some((chord) => chord.includes('Enter'))) until = desk.clock.monotonic() + 1200
    return press(aim, ...keys)
  }
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect([desk.mine.text, desk.draftsOnClipboard, clicks]).toEqual(['half a thought', 0, 0])
})
