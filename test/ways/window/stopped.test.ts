import { beforeEach, describe, expect, test } from 'vitest'
import { HandsOff } from '../../../src/main/hands-off'
import { FakeTree, type FakeTreeWindow } from '../../fakes/fake-tree'
import { DeliveryDesk, held, text } from './delivery-desk'

// "Stop now" in the middle of a delivery: hands off at once, nothing lost.

const draft = 'a draft'
let desk: DeliveryDesk

beforeEach(() => {
  desk = new DeliveryDesk()
})

/** Stops it right before that act, counted from 0. */
function stopBefore(number: number): { at: number } {
  const stopped = { at: Infinity }
  desk.desktop.before = (_act, index) => {
    if (index !== number) return
    stopped.at = desk.clock.monotonic()
    desk.stop.abort(new HandsOff())
  }
  return stopped
}

/** The same desk once deliveries go on. */
function goOn() {
  desk.desktop.before = () => undefined
  desk.writeMark = () => undefined
  Object.assign(desk, { stop: new AbortController() })
}

const isKey = (act: string) => act === 'press' || act === 'click'

test('at any act: at most the act under way is still done and a selection taken back, and the message goes once afterwards', async () => {
  for (let number = 0; number < (await DeliveryDesk.quietActs()); number += 1) {
    desk = new DeliveryDesk()
    const stopped = stopBefore(number)
    const { state } = await desk.run()
    expect(desk.clock.monotonic() - stopped.at, `${number}: nothing is waited for`).toBeLessThan(150)
    const keys = desk.desktop.acts.slice(number + 1).filter(isKey)
    // Past the submit key a moment is left to see by keys whether it went.
    if (desk.mine.submitted.length === 0) {
      expect([number, state]).toEqual([number, 'not-submitted'])
      expect(keys.length).toBeLessThanOrEqual(1)
      expect(desk.mine.selected).toBe(false)
    } else expect([number, state]).toEqual([number, expect.stringMatching(/delivered|in-doubt/)])
    goOn()
    if (state === 'not-submitted') expect(await desk.run()).toMatchObject({ state: 'delivered' })
    expect([number, desk.mine.submitted]).toEqual([number, [text]])
  }
})

test('a draft under the text is on the clipboard at once, and back in the input once the message has gone', async () => {
  desk.mine.text = draft
  desk.writeMark = () => desk.stop.abort(new HandsOff())
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { left: true } })
  await desk.belongings.giveBack(held)
  expect([desk.mine.text, desk.desktop.clipboard.text, desk.draftsOnClipboard]).toEqual([text, draft, 1])
  goOn()
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect([desk.mine.submitted, desk.mine.text]).toEqual([[text], draft])
})

test('a program that has not taken the paste yet gets the message when it does, and not what the person had copied', async () => {
  desk.desktop.copyElsewhere('a person’s secret')
  desk.desktop.before = (act) => {
    if (act !== 'press' || desk.desktop.clipboard.text !== text) return
    desk.mine.answers = false
    setImmediate(() => desk.stop.abort(new HandsOff()))
  }
  expect(await desk.run()).toMatchObject({ state: 'not-submitted' })
  await desk.belongings.giveBack(held)
  expect(desk.desktop.clipboard.text).toBe(text)
})

describe('by the tree', () => {
  let shown: FakeTreeWindow

  beforeEach(() => {
    const tree = new FakeTree(desk.clock)
    const { title, rect } = desk.mine
    shown = tree.openWindow({ pid: 0, title, rect, point: { x: 150, y: 380 } })
    desk.tree = tree
  })

  test('a program that does not answer is not waited for', async () => {
    const tree = desk.tree
    if (!tree) throw new Error('no tree')
    // Once the text has been pasted it hangs.
    const hung = () => desk.mine.text.includes(text)
    desk.tree = {
      readTerminal: (place) => tree.readTerminal(place),
      isOn: () => tree.isOn(),
      turn: (on) => tree.turn(on),
      close: () => tree.close(),
      async find(place) {
        const found = await tree.find(place)
        if ('kind' in found) return found
        return {
          changed: (ms) => found.changed(ms),
          look: (how) =>
            hung() ? new Promise(() => setImmediate(() => desk.stop.abort(new HandsOff()))) : found.look(how),
        }
      },
    }
    expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { left: true } })
  })

  test('a text that does not show is not waited for', async () => {
    desk.desktop.before = (act) => {
      if (act === 'press') setImmediate(() => desk.stop.abort(new HandsOff()))
    }
    expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { left: true } })
    expect(desk.clock.monotonic()).toBeLessThan(1000)
    expect(shown.text).toBe('')
  })
})

test('the app’s end still has the text taken out', async () => {
  desk.writeMark = () => desk.stop.abort(new Error('Waggle is shutting down'))
  expect(await desk.run()).toMatchObject({ state: 'not-submitted' })
  expect([desk.mine.text, desk.mine.submitted]).toEqual(['', []])
})
