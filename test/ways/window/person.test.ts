import { describe, expect, test } from 'vitest'
import { FOUND_RESTING_MS } from '../../../src/main/ways/window/input'
import { personTrouble } from '../../../src/main/ways/window/presence'
import type { Miss } from '../../../src/main/desktop/desktop'
import { TurnLost } from '../../../src/main/desktop/lock/turn-errors'
import { DeliveryDesk, held, text } from './delivery-desk'

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
        desk.clock.pass(FOUND_RESTING_MS)
        expect(await desk.run(), at).toMatchObject({ state: 'delivered' })
        expect([desk.mine.submitted, desk.mine.text], at).toEqual([[text], 'a draft'])
      }
    }
  })

  test('who touches a key ahead of a click or a press keeps it from being made', async () => {
    const quiet = await DeliveryDesk.quietActs()
    for (let stirredAt = 0; stirredAt < quiet; stirredAt++) {
      const { desktop, ...desk } = watched()
      desktop.before = (_act, index) => {
        if (index === stirredAt) desktop.person()
      }
      await desk.run()
      // What leaves a selection protects what is selected from the person's next key.
      expect(desk.made, `stirred at act ${stirredAt}`).not.toContain(stirredAt)
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

  test('urgent messages never wait for a longer rest than the others', async () => {
    const desk = new DeliveryDesk()
    desk.desktop.person()
    desk.clock.pass(300)
    const trouble = await personTrouble(desk.desktop, { idleMs: 300, urgentIdleMs: 500 }, 'urgent')
    expect(trouble).toBeUndefined()
  })
})

test.each([
  [FOUND_RESTING_MS - 1, 'not-submitted'],
  [FOUND_RESTING_MS, 'delivered'],
])('who stirred %i ms before it began, after being found resting: %s', async (ms, state) => {
  const desk = new DeliveryDesk()
  desk.desktop.person()
  desk.clock.pass(ms)
  expect(await desk.run()).toMatchObject({ state })
})

test('while what a person has copied cannot be kept safe nothing is touched and the message says so; later it goes', async () => {
  const desk = new DeliveryDesk()
  desk.desktop.copyElsewhere('a person’s text')
  desk.desktop.isUnread = true
  expect(await desk.run()).toMatchObject({
    state: 'not-submitted',
    failure: {
      code: 'desktop-unavailable',
      message: expect.stringContaining('does not hand it over') as unknown,
    },
  })
  expect([desk.desktop.acts, desk.mine.submitted]).toEqual([[], []])
  desk.desktop.isUnread = false
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  await desk.belongings.giveBack(held)
  expect(desk.desktop.clipboard.text).toBe('a person’s text')
})

test('a draft whose input takes nothing any more is on the clipboard, and the person is told', async () => {
  const desk = new DeliveryDesk()
  desk.mine.text = 'a draft'
  let submitted = false
  desk.desktop.before = () => {
    submitted ||= desk.mine.submitted.length > 0
    if (submitted && desk.mine.text === '') desk.mine.answers = desk.desktop.clipboard.text !== 'a draft'
  }
  await desk.run()
  expect(desk.mine.submitted).toEqual([text])
  expect(desk.desktop.clipboard.text).toBe('a draft')
  expect(desk.draftsOnClipboard).toBe(1)
})

test('a person who is to have a long rest gets it, and the turn is looked after meanwhile', async () => {
  const desk = new DeliveryDesk()
  desk.idleMs = 30_000
  let seen = desk.clock.monotonic()
  desk.checkTurn = () => {
    if (desk.clock.monotonic() - seen > 8000) throw new TurnLost('Waggle stood still')
    seen = desk.clock.monotonic()
  }
  let hasStirred = false
  desk.desktop.before = (act) => {
    if (act !== 'press' || desk.mine.submitted.length === 0 || hasStirred) return
    hasStirred = true
    desk.desktop.person()
  }
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(desk.clock.monotonic()).toBeGreaterThanOrEqual(30_000)
})

test.each<[string, (desk: DeliveryDesk) => void]>([
  ['a person stirs', ({ desktop }) => desktop.person()],
  ['another window takes the focus', ({ desktop, other }) => void (desktop.focused = other)],
  ['its window is moved and another one takes the focus', moveAway],
])('a draft goes back in the end, however often %s while it does', async (_what, disturb) => {
  const desk = new DeliveryDesk()
  desk.mine.text = 'a draft'
  let disturbed = 0
  desk.desktop.before = (act) => {
    if (act !== 'press' || desk.mine.submitted.length === 0 || disturbed === 8) return
    disturbed += 1
    desk.clock.pass(1)
    disturb(desk)
  }
  const { title, app, rect } = desk.mine
  const calibration = { at: '2026-01-01T00:00:00.000Z', windowId: desk.mine.id, title, app, rect }
  expect(await desk.run({ agent: { calibration } })).toMatchObject({ state: 'delivered' })
  expect([desk.mine.submitted, desk.mine.text, desk.draftsOnClipboard]).toEqual([[text], 'a draft', 0])
})

/** A desk, and the numbers of those clicks and presses that were made, not refused. */
function watched() {
  const desk = new DeliveryDesk()
  const { desktop } = desk
  const made: number[] = []
  const note = (act: number, miss: Miss | undefined) => {
    if (miss === undefined) made.push(act)
    return miss
  }
  const [click, press] = [desktop.click.bind(desktop), desktop.press.bind(desktop)]
  desktop.click = async (aim) => note(desktop.acts.length, await click(aim))
  desktop.press = async (aim, ...chords) => {
    const isLeaving = chords.length === 1 && chords[0]?.includes('End')
    const act = desktop.acts.length
    const miss = await press(aim, ...chords)
    return isLeaving ? miss : note(act, miss)
  }
  return { desktop, made, run: () => desk.run() }
}

function moveAway({ desktop, mine, other }: DeliveryDesk): void {
  mine.rect = { ...mine.rect, x: mine.rect.x + 80, y: mine.rect.y + 10 }
  desktop.focused = other
}

test('what a stopped delivery had to leave in the input is no draft at the next one, and the draft under it is not lost', async () => {
  const desk = new DeliveryDesk()
  desk.mine.text = 'a draft'
  desk.desktop.before = () => {
    // Once it is pasted, another window keeps the focus whatever is done.
    if (desk.mine.text.includes(text)) desk.desktop.focused = desk.other
  }
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'focus-lost' } })
  expect(desk.mine.text).toContain(text)
  desk.desktop.before = () => undefined
  const another = { id: '0198f0c0-0000-7000-8000-000000000002', text: 'another message' }
  expect(await desk.run({ message: another })).toMatchObject({ state: 'delivered' })
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect([desk.mine.submitted, desk.mine.text]).toEqual([['another message', text], 'a draft'])
})
