import { describe, expect, test } from 'vitest'
import { personTrouble } from '../../src/main/delivery/presence'
import { DeliveryDesk, text } from './delivery-desk'

describe('a person at the desk', () => {
  test('who stirs ahead of any act stops the delivery before its next one; later all of it arrives once', async () => {
    const quiet = await DeliveryDesk.quietActs()
    for (let stirredAt = 0; stirredAt <= quiet; stirredAt++) {
      const desk = new DeliveryDesk()
      desk.mine.text = 'a draft'
      desk.desktop.before = (_act, index) => {
        if (index === stirredAt) desk.desktop.person({ x: 5, y: 5 })
      }
      const delivery = await desk.run()
      desk.desktop.before = () => undefined
      const at = `stirred at act ${stirredAt}`
      expect(desk.mine.text, at).toBe('a draft')
      if (delivery.state === 'delivered') expect(desk.mine.submitted, at).toEqual([text])
      else {
        expect(delivery, at).toMatchObject({ state: 'not-submitted', failure: { code: 'user-active' } })
        expect(desk.mine.submitted, at).toEqual([])
        expect(await desk.run(), at).toMatchObject({ state: 'delivered' })
        expect([desk.mine.submitted, desk.mine.text], at).toEqual([[text], 'a draft'])
      }
    }
  })

  test.each([
    ['normal', 1999, false],
    ['normal', 2000, true],
    ['urgent', 499, false],
    ['urgent', 500, true],
  ] as const)('%s messages go after a rest of %i ms: %s', async (priority, restedMs, goes) => {
    const desk = new DeliveryDesk()
    desk.desktop.person()
    desk.clock.pass(restedMs)
    const trouble = await personTrouble(desk.desktop, { idleMs: 2000, urgentIdleMs: 500 }, priority)
    expect(trouble === undefined).toBe(goes)
  })
})
