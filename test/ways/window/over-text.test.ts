import { beforeEach, expect, test } from 'vitest'
import { agent, DeliveryDesk, text } from './delivery-desk'

// What has come to lie over an input that was written into before: a page's own question, with its buttons.

let desk: DeliveryDesk

beforeEach(() => {
  desk = new DeliveryDesk()
})

test('where the pointer is none for text any more nothing is clicked or typed, and the message waits', async () => {
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  const { clicks, acts } = desk.desktop
  desk.mine.showsText = false
  const presses = acts.filter((act) => act === 'press').length
  expect(await desk.run()).toMatchObject({
    state: 'not-submitted',
    failure: { code: 'focus-lost', message: expect.stringContaining('lies over the input') as unknown },
  })
  expect(desk.desktop.clicks).toBe(clicks)
  expect(acts.filter((act) => act === 'press')).toHaveLength(presses)
  desk.mine.showsText = true
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(desk.mine.submitted).toEqual([text, text])
})

test('an input over which the pointer never was one for text is clicked', async () => {
  desk.mine.showsText = false
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
})

test('a look that fails after the message was seen gone changes nothing about it', async () => {
  desk.desktop.inputLook = async () => Promise.reject(new Error('the X server has gone'))
  expect(await desk.run()).toMatchObject({ state: 'delivered', proof: 'read-back' })
})

test('what is remembered of an input is how it looks without the message', async () => {
  let shown = ''
  desk.desktop.before = (act) => {
    if (act === 'click') shown = desk.mine.text
  }
  desk.desktop.inputLook = async () => `an input with “${shown}”`
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(desk.obstacles.looks(agent)).toEqual(['an input with “”'])
})
