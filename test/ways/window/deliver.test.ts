import { beforeEach, describe, expect, test } from 'vitest'
import { TurnLost } from '../../../src/main/desktop/lock/turn-errors'
import { agent, DeliveryDesk, text } from './delivery-desk'

let desk: DeliveryDesk

beforeEach(() => {
  desk = new DeliveryDesk()
})

test('a message is pasted, read back, submitted once and seen gone', async () => {
  const delivery = await desk.run()
  expect(delivery).toMatchObject({ state: 'delivered', proof: 'read-back' })
  expect(desk.mine.submitted).toEqual([text])
  expect(desk.mine.text).toBe('')
  expect(desk.other.submitted).toEqual([])
  expect(delivery.timings.steps.map(({ step }) => step)).toEqual([
    'turn',
    'window',
    'focus',
    'paste',
    'read-back',
    'submit',
    'seen-empty',
  ])
})

test('no click comes while a paste may still be under way: it would move the caret from under it', async () => {
  const restsMs: number[] = []
  let pressedAt = 0
  desk.desktop.before = (act) => {
    if (act === 'press') pressedAt = desk.clock.monotonic()
    if (act === 'click' && desk.mine.text === text) restsMs.push(desk.clock.monotonic() - pressedAt)
  }
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(restsMs.length).toBeGreaterThan(0)
  expect(Math.min(...restsMs)).toBeGreaterThanOrEqual(150)
})

test('nothing else is offered until the paste is seen: a program may ask for the text once more while it pastes', async () => {
  const offers: string[] = []
  const offerText = desk.desktop.offerText.bind(desk.desktop)
  desk.desktop.offerText = async (offered, windowId) => {
    offers.push(`${offered === text ? 'text' : 'nothing'} at “${desk.mine.text}”`)
    return offerText(offered, windowId)
  }
  await desk.run()
  const after = offers.slice(offers.indexOf('text at “”') + 1)
  expect(offers).toContain('text at “”')
  // The first copy after the paste goes without an offer of its own; the burst that is tried once it was seen has three.
  expect(after.filter((offer) => offer.includes(text))).toHaveLength(3)
})

test('an input that bore bursts by luck gets its waits back at the first that shows a text selected and copies nothing', async () => {
  await desk.run()
  desk.learnsLate()
  for (const _ of [1, 2]) expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(desk.mine.submitted).toEqual([text, text, text])
})

test('an input whose page shows that nothing is selected in it needs no waits to be seen empty', async () => {
  desk.learnsLate()
  desk.mine.marksEmpty = '\ufeff'
  await desk.run()
  const began = desk.clock.monotonic()
  const untouched = desk.desktop.acts.length
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(desk.clock.monotonic() - began).toBeLessThan(1000)
  // Select all, copy and to the end: three looks at the empty input in bursts, one at the text with waits.
  expect(desk.desktop.acts.slice(untouched).filter((act) => act === 'press')).toHaveLength(9)
  expect(desk.mine.submitted).toEqual([text, text])
})

test('a message with submit false is left unsent in the input', async () => {
  expect(await desk.run({ message: { submit: false } })).toMatchObject({ state: 'delivered' })
  expect(desk.mine.text).toBe(text)
  expect(desk.mine.submitted).toEqual([])
  expect(desk.marks).toBe(0)
})

test('a contenteditable, which gives back one newline more, counts as read back', async () => {
  Object.assign(desk.mine, { copySuffix: '\n' })
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(desk.mine.submitted).toEqual([text])
})

describe('a draft', () => {
  test('is neither sent nor lost', async () => {
    desk.mine.text = 'half a thought'
    expect(await desk.run()).toMatchObject({ state: 'delivered' })
    expect(desk.mine.submitted).toEqual([text])
    expect(desk.mine.text).toBe('half a thought')
  })

  test('comes back when the delivery fails after the paste', async () => {
    desk.mine.text = 'half a thought'
    let presses = 0
    desk.checkTurn = () => undefined
    desk.desktop.before = (act) => {
      // The third press would be the submit key's; the pointer moves just before it.
      if (act === 'press' && ++presses === 2) queueMicrotask(() => (desk.desktop.place = { x: 1, y: 1 }))
    }
    expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'user-active' } })
    expect(desk.mine.submitted).toEqual([])
    expect(desk.mine.text).toBe('half a thought')
  })

  test('stands alone again when the focus is stolen after the paste, and comes back after the next attempt', async () => {
    desk.mine.text = 'half a thought'
    let offers = 0
    desk.desktop.before = (act) => {
      if (act === 'offerText' && ++offers === 2) desk.desktop.focused = desk.other
    }
    expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'focus-lost' } })
    expect(desk.mine.text).toBe('half a thought')
    desk.desktop.before = () => undefined
    expect(await desk.run()).toMatchObject({ state: 'delivered' })
    expect([desk.mine.submitted, desk.mine.text]).toEqual([[text], 'half a thought'])
  })

  test('is not lost wherever the focus is stolen: it stands there again, at the latest after the next attempt', async () => {
    const quiet = await DeliveryDesk.quietActs()
    for (let stolenAt = 0; stolenAt <= quiet + 12; stolenAt++) {
      for (const isLate of [false, true]) {
        desk = new DeliveryDesk()
        desk.mine.text = 'half a thought'
        desk.desktop.before = (_act, index) => {
          if (index === stolenAt && !isLate) desk.desktop.focused = desk.other
          // Ahead of the next act's own look, when the keys of this one have been handled.
          if (index === stolenAt && isLate) setImmediate(() => (desk.desktop.focused = desk.other))
        }
        const first = await desk.run()
        desk.desktop.before = () => undefined
        if (first.state !== 'delivered') await desk.run()
        const at = `stolen at act ${stolenAt}${isLate ? ', late' : ''}`
        expect([desk.mine.submitted, desk.mine.text], at).toEqual([[text], 'half a thought'])
      }
    }
  })

  test('that was not there yet when it was looked for stands alone again, and comes back after the next attempt', async () => {
    desk.desktop.before = (act) => {
      // Just ahead of the paste.
      if (act === 'press' && desk.desktop.clipboard.text === text && desk.mine.text === '')
        desk.mine.text = 'half a thought'
    }
    expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'text-mismatch' } })
    expect([desk.mine.text, desk.mine.submitted, desk.pastes.size]).toEqual(['half a thought', [], 0])
    desk.desktop.before = () => undefined
    expect(await desk.run()).toMatchObject({ state: 'delivered' })
    expect([desk.mine.submitted, desk.mine.text]).toEqual([[text], 'half a thought'])
  })

  test('with more in it than text is left alone whatever the setting, and so is one that the message would stay beside', async () => {
    desk.mine.text = 'see @file.ts'
    desk.mine.html = '<p>see <span contenteditable="false">@file.ts</span></p>'
    expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'draft-present' } })
    desk.mine.html = ''
    expect(await desk.run({ message: { submit: false } })).toMatchObject({
      failure: { code: 'draft-present' },
    })
    expect([desk.mine.text, desk.pastes.size]).toEqual(['see @file.ts', 0])
  })
})

describe('the right window', () => {
  test('closed: nothing is touched and nothing is typed elsewhere', async () => {
    desk.desktop.closeWindow(desk.mine)
    expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'window-missing' } })
    expect(desk.desktop.acts).toEqual([])
  })

  test.each([
    [2, 'delivered'],
    [3, 'not-submitted'],
  ])('moved %i times between a look and the click: %s, and no click where it stood', async (moves, state) => {
    const { id: windowId, title, app, rect } = desk.mine
    const calibration = { at: '2026-01-01T00:00:00.000Z', windowId, title, app, rect }
    let left = moves
    desk.desktop.before = (act) => {
      if (act === 'click' && left-- > 0) desk.mine.rect = { ...desk.mine.rect, y: desk.mine.rect.y + 50 }
    }
    expect(await desk.run({ agent: { calibration } })).toMatchObject({ state })
    const isDelivered = state === 'delivered'
    expect(desk.desktop.clicks > 0).toBe(isDelivered)
    expect(desk.mine.submitted).toEqual(isDelivered ? [text] : [])
    if (isDelivered) expect(desk.desktop.place).toEqual({ x: 150, y: 480 })
  })

  test('covered by one that stays on top: no click, no key', async () => {
    const modal = desk.desktop.openWindow('Allow?', { x: 0, y: 300, width: 300, height: 100 })
    desk.desktop.before = (act) => {
      if (act === 'click') desk.desktop.stack.sort((a) => (a === modal ? -1 : 1))
    }
    expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'focus-lost' } })
    expect(desk.desktop.clicks).toBe(0)
    expect(desk.desktop.acts).not.toContain('press')
    expect(await desk.obstacles.standing(agent), 'it stands there').toMatchObject({ code: 'focus-lost' })
    desk.desktop.closeWindow(modal)
    expect(await desk.obstacles.standing(agent), 'it is gone').toBeUndefined()
  })

  test('a focus stolen ahead of any act never puts the text into the thief, nor submits it twice', async () => {
    const quiet = await DeliveryDesk.quietActs()
    for (let stolenAt = 0; stolenAt <= quiet; stolenAt++) {
      desk = new DeliveryDesk()
      const thief = desk.desktop.openWindow('Thief', { x: 700, y: 0, width: 100, height: 100 })
      desk.desktop.before = (_act, index) => {
        if (index === stolenAt) desk.desktop.focused = thief
      }
      const delivery = await desk.run()
      expect(thief.text, `stolen at act ${stolenAt}`).toBe('')
      expect(thief.submitted).toEqual([])
      if (delivery.state === 'delivered') expect(desk.mine.submitted).toEqual([text])
      else expect(desk.mine.submitted).toEqual([])
      expect(desk.mine.text).toBe('')
    }
  })
})

describe('before the submit key', () => {
  test('an input that takes nothing gets no submit', async () => {
    desk.mine.answers = false
    const message: unknown = expect.stringContaining('does not take the text')
    expect(await desk.run()).toMatchObject({
      state: 'not-submitted',
      failure: { code: 'text-mismatch', message },
    })
    expect(desk.marks).toBe(0)
  })

  test('one that took a message before has something before it, unless the agent was set anew', async () => {
    await desk.run()
    desk.mine.answers = false
    expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'focus-lost' } })
    expect(await desk.obstacles.standing(agent), 'it stands there').toMatchObject({ code: 'focus-lost' })
    const setAnew = { description: 'set anew' }
    expect(await desk.run({ agent: setAnew })).toMatchObject({ failure: { code: 'text-mismatch' } })
  })

  test('a text of which the program makes something else is taken out again, and tried no more', async () => {
    desk.mine.shows = () => 'Oui'
    const message: unknown = expect.stringContaining('“Oui”')
    expect(await desk.run({ message: { text: 'Non' } })).toMatchObject({
      state: 'not-submitted',
      failure: { code: 'not-accepted', message },
    })
    expect([desk.mine.text, desk.mine.submitted, desk.pastes.size]).toEqual(['', [], 0])
  })

  test('a text that was taken and does not show is in doubt, never pasted again, and keeps the others out', async () => {
    desk.mine.shows = () => ''
    expect(await desk.run()).toMatchObject({
      state: 'in-doubt',
      failure: { code: 'not-accepted', left: true },
    })
    expect(desk.pastes.get('Agent-1')).toMatchObject({ text })
    expect(desk.desktop.acts.filter((act) => act === 'press').length).toBeGreaterThan(0)
    expect(desk.mine.submitted).toEqual([])
  })

  test('a text that reads back otherwise is not submitted', async () => {
    await desk.run()
    desk.mine.submitted.length = 0
    Object.assign(desk.mine, { copySuffix: ' and more' })
    expect(await desk.run()).toMatchObject({ state: 'not-submitted' })
    expect(desk.mine.submitted).toEqual([])
  })

  test('a turn that was lost stops the delivery before its next act', async () => {
    desk.desktop.before = (act) => {
      if (act !== 'offerText') return
      desk.checkTurn = () => {
        throw new TurnLost('another process took the desktop over')
      }
    }
    expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'lock-lost' } })
    expect(desk.desktop.acts.slice(desk.desktop.acts.indexOf('offerText') + 1)).toEqual([])
  })

  test('a copy made by a person meanwhile stops it', async () => {
    desk.mine.answers = false
    desk.desktop.before = (act) => {
      if (act === 'press') desk.desktop.copyElsewhere('mine')
    }
    expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'user-active' } })
  })

  test('a stop asked for takes the text out again', async () => {
    desk.desktop.before = (act) => {
      if (act === 'press') desk.stop.abort()
    }
    expect(await desk.run()).toMatchObject({ state: 'not-submitted' })
    expect(desk.mine.submitted).toEqual([])
    expect(desk.mine.text).toBe('')
  })
})
