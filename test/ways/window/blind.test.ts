import { beforeEach, expect, test } from 'vitest'
import { DeliveryDesk } from './delivery-desk'

// Windows that cannot be read: what is known of them, and what is undone in them.

let desk: DeliveryDesk

beforeEach(() => {
  desk = new DeliveryDesk()
  desk.profiles = { Blind: { base: 'chat', clear: 'none' } }
})

const run = (text = 'one line') => desk.run({ agent: { profile: 'Blind' }, message: { text } })

/** From now on the screen shows whatever `shade` says. */
function show(shade: () => number): void {
  desk.desktop.picture = async ({ width, height }) => ({
    width,
    height,
    rgba: new Uint8Array(width * height * 4).fill(shade()),
  })
}

test('a paste that nobody took gets no submit key, whatever else moves on the screen', async () => {
  desk.mine.answers = false
  desk.desktop.before = () => void (desk.other.text += '.')
  expect(await run()).toMatchObject({ state: 'not-submitted', failure: { code: 'text-mismatch' } })
  expect(desk.marks).toBe(0)
})

test('a paste after which the screen shows no change is taken out again, unsubmitted, and what stood before it stays', async () => {
  desk.mine.text = 'half a line '
  show(() => 0)
  expect(await run()).toMatchObject({ state: 'not-submitted', failure: { code: 'text-mismatch' } })
  expect([desk.marks, desk.mine.text]).toEqual([0, 'half a line '])
})

test('what takes one key to be taken out gets one key, however it is written down, and what stood before it stays', async () => {
  desk.mine.text = 'half a line '
  show(() => 0)
  await run('🐝🐝')
  expect(desk.mine.text).toBe('half a line ')
})

test('a line into which nothing was pasted stays as it is', async () => {
  desk.mine.text = 'half a line'
  let presses = 0
  desk.desktop.before = (act) => {
    if (act === 'press' && ++presses === 1) desk.desktop.focused = desk.other
  }
  expect(await run()).toMatchObject({ state: 'not-submitted', failure: { code: 'focus-lost' } })
  expect(desk.mine.text).toBe('half a line')
})

test('a submit key after which the screen shows no change is in doubt', async () => {
  let isPasted = false
  show(() => {
    isPasted ||= desk.mine.text !== ''
    return Number(isPasted)
  })
  expect(await run()).toMatchObject({ state: 'in-doubt', failure: { code: 'submit-unconfirmed' } })
})

test('a focus that is elsewhere after the submit key is in doubt', async () => {
  desk.desktop.activeWindow = async () => (desk.mine.submitted.length > 0 ? desk.other.id : desk.mine.id)
  expect(await run()).toMatchObject({ state: 'in-doubt', failure: { code: 'submit-unconfirmed' } })
})

test('a text too long to be taken out key by key is in doubt, not typed again', async () => {
  let presses = 0
  desk.desktop.before = (act) => {
    if (act === 'press' && ++presses === 2) desk.desktop.focused = desk.other
  }
  expect(await run('x'.repeat(2001))).toMatchObject({ state: 'in-doubt' })
  expect(desk.mine.submitted).toEqual([])
})
