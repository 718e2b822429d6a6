import { beforeEach, expect, test } from 'vitest'
import { TurnLost } from '../../src/main/desktop/turn-errors'
import { DeliveryDesk, text } from './delivery-desk'

// What must be so before the submit key is pressed, and what is believed after it.

let desk: DeliveryDesk

beforeEach(() => {
  desk = new DeliveryDesk()
})

test('the mark is written before the submit key is pressed, and not before the text was read back', async () => {
  const marks: number[] = []
  desk.desktop.before = (act) => {
    if (act === 'press') marks.push(desk.marks)
  }
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  // Pasted and copied, submitted, looked at.
  expect(marks).toEqual([0, 1, 1])
})

test('where the disk does not take the mark nothing is submitted, and the text is taken out again', async () => {
  desk.writeMark = () => {
    throw new Error('disk full')
  }
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'internal' } })
  expect([desk.mine.submitted, desk.mine.text]).toEqual([[], ''])
})

test('a turn lost right after the submit key is in doubt, and no further key is pressed', async () => {
  desk.checkTurn = () => {
    if (desk.mine.submitted.length > 0) throw new TurnLost('another process took the desktop over')
  }
  expect(await desk.run()).toMatchObject({ state: 'in-doubt' })
  expect(desk.desktop.acts.filter((act) => act === 'press')).toHaveLength(2)
})

test('an input that cannot be read after the submit key is in doubt, not taken for empty', async () => {
  desk.desktop.before = () => {
    if (desk.mine.submitted.length > 0) Object.assign(desk.mine, { copySuffix: ' of the page' })
  }
  expect(await desk.run()).toMatchObject({ state: 'in-doubt', failure: { code: 'submit-unconfirmed' } })
  expect(desk.mine.submitted).toEqual([text])
})

test('an input that empties late, when the key is about to be pressed once more, gets no second key', async () => {
  desk.mine.deafToEnter = 1
  let lateLooks = 0
  desk.desktop.before = (act) => {
    if (act !== 'offerText' || desk.clock.monotonic() <= 3000 || ++lateLooks !== 2) return
    desk.mine.submitted.push(desk.mine.text)
    desk.mine.text = ''
  }
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(lateLooks).toBeGreaterThan(1)
  expect(desk.mine.submitted).toEqual([text])
})

test('a window that does not take the focus after the click gets no key', async () => {
  desk.desktop.click = async () => 'focus-elsewhere'
  expect(await desk.run()).toMatchObject({
    state: 'not-submitted',
    failure: { code: 'focus-lost', message: expect.stringContaining('after a click') as unknown },
  })
  expect(desk.desktop.acts).toEqual([])
})

test('a window behind another one is brought to the front, and the other one gets nothing', async () => {
  const cover = desk.desktop.openWindow('In front', { x: 0, y: 0, width: 300, height: 400 })
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect([desk.mine.submitted, cover.submitted, cover.text]).toEqual([[text], [], ''])
})

test('a window that came in the place of the one looked for gets nothing in this delivery', async () => {
  const { title, rect } = desk.mine
  let isSwapped = false
  desk.desktop.before = (act) => {
    if (act !== 'click' || isSwapped) return
    isSwapped = true
    desk.desktop.closeWindow(desk.mine)
    desk.desktop.openWindow(title, rect)
  }
  expect(await desk.run()).toMatchObject({
    state: 'not-submitted',
    failure: { code: 'window-missing', message: expect.stringContaining('closed meanwhile') as unknown },
  })
  expect(desk.desktop.clicks).toBe(0)
})
