import { beforeEach, expect, test } from 'vitest'
import { TurnLost } from '../../../src/main/desktop/lock/turn-errors'
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
  const submitted = marks.indexOf(1)
  expect(marks).toEqual(marks.map((_, index) => (index < submitted ? 0 : 1)))
  expect(submitted, 'looked at, pasted and read back before').toBeGreaterThan(3)
})

test('an editor that may still have all of its text selected gets neither a paste nor the submit key', async () => {
  desk.learnsLate()
  let leftAt = -Infinity
  const restsMs: Record<string, number> = {}
  const press = desk.desktop.press.bind(desk.desktop)
  desk.desktop.press = async (aim, ...chords) => {
    const rested = desk.clock.monotonic() - leftAt
    for (const key of chords.map((chord) => chord.at(-1) ?? ''))
      if (key === 'V' || key === 'Enter') restsMs[key] = rested
    if (chords.at(-1)?.includes('End')) leftAt = desk.clock.monotonic()
    return press(aim, ...chords)
  }
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(restsMs['V']).toBeGreaterThanOrEqual(120)
  expect(restsMs['Enter']).toBeGreaterThanOrEqual(120)
})

test('where the disk does not take the mark nothing is submitted, and the text is taken out again', async () => {
  desk.writeMark = () => {
    throw new Error('disk full')
  }
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'internal' } })
  expect([desk.mine.submitted, desk.mine.text]).toEqual([[], ''])
})

test('a turn lost right after the submit key is in doubt, and no further key is pressed', async () => {
  let acts = 0
  let at = 0
  desk.checkTurn = () => {
    if (desk.mine.submitted.length === 0) return
    acts ||= desk.desktop.acts.length
    at ||= desk.clock.monotonic()
    throw new TurnLost('another process took the desktop over')
  }
  expect(await desk.run()).toMatchObject({ state: 'in-doubt' })
  expect(desk.desktop.acts).toHaveLength(acts)
  expect(desk.clock.monotonic() - at, 'it is not tried again').toBeLessThan(1000)
})

test('a program that shows no sign of life after the submit key is in doubt: its input is not taken for empty', async () => {
  desk.desktop.picture = async ({ width, height }) => ({
    width,
    height,
    rgba: new Uint8Array(width * height * 4),
  })
  expect(await desk.run()).toMatchObject({ state: 'in-doubt', failure: { code: 'submit-unconfirmed' } })
  expect(desk.mine.submitted).toEqual([text])
})

test('a program that crashed at the submit key and was started again is not taken for one that took the message', async () => {
  desk.mine.pid = 1
  desk.mine.deafToEnter = 1
  desk.desktop.before = (act) => {
    if (act !== 'offerText' || desk.marks === 0 || desk.mine.pid === 2) return
    // A new window, empty, at the same place and with the same number.
    desk.mine.pid = 2
    desk.mine.text = ''
  }
  expect(await desk.run()).toMatchObject({ state: 'in-doubt' })
  expect(desk.mine.submitted).toEqual([])
})

test('where a copy of the empty input tells more than nothing, no other sign of life is asked for', async () => {
  desk.desktop.picture = async ({ width, height }) => ({
    width,
    height,
    rgba: new Uint8Array(width * height * 4),
  })
  for (const copiesEmpty of ['no-text', 'newline'] as const) {
    desk.mine.copiesEmpty = copiesEmpty
    expect(await desk.run({ agent: {} })).toMatchObject({ state: 'delivered' })
  }
})

test('an input that was seen empty once and has moved from under its point since is in doubt, not waited for', async () => {
  const end = desk.clock.monotonic() + 30_000
  desk.desktop.before = (act) => {
    if (act === 'click' && desk.mine.submitted.length > 0) {
      desk.mine.text = 'A chat\nSearch'
      desk.mine.html = '<h1>A chat</h1><input>'
    }
    if (desk.clock.monotonic() > end) throw new Error('still looking')
  }
  expect(await desk.run()).toMatchObject({ state: 'in-doubt', failure: { code: 'submit-unconfirmed' } })
  expect(desk.mine.submitted).toEqual([text])
})

test('where nothing was copied once and then something else stands, nothing is said to have been delivered', async () => {
  desk.desktop.before = (act) => {
    if (act === 'click' && desk.mine.submitted.length > 0) desk.mine.text = 'what is searched for'
  }
  expect(await desk.run()).toMatchObject({ state: 'in-doubt', failure: { code: 'not-accepted' } })
})

test('a window that a click reaches without giving it the focus is asked for, and gets its message', async () => {
  const { desktop } = desk
  const click = desktop.click.bind(desktop)
  desktop.click = async (aim) => {
    const before = desktop.focused
    const miss = await click(aim)
    desktop.focused = before
    return miss ?? 'focus-elsewhere'
  }
  desktop.openWindow('a person’s editor', { x: 700, y: 0, width: 300, height: 300 })
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
})

test('a window that does not take the focus after the click gets no key', async () => {
  desk.desktop.click = async () => 'focus-elsewhere'
  desk.desktop.raise = async () => undefined
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

test('a turn lost ahead of any act ends the delivery: no further act, and no mark without the submit key', async () => {
  const quiet = await DeliveryDesk.quietActs()
  for (let lostAt = -1; lostAt < quiet; lostAt++) {
    desk = new DeliveryDesk()
    const lose = () => {
      desk.checkTurn = () => {
        throw new TurnLost('another process took the desktop over')
      }
    }
    if (lostAt === -1) lose()
    desk.desktop.before = (_act, index) => {
      if (index === lostAt) lose()
    }
    const delivery = await desk.run()
    const at = `lost at act ${lostAt}`
    const later = desk.desktop.acts.slice(lostAt + 1)
    expect(later, at).toEqual([])
    expect(desk.marks, at).toBe(desk.mine.submitted.length)
    if (desk.marks === 0)
      expect(delivery, at).toMatchObject({ state: 'not-submitted', failure: { code: 'lock-lost' } })
  }
})

test('a desktop that fails while it presses the submit key leaves it in doubt', async () => {
  const press = desk.desktop.press.bind(desk.desktop)
  desk.desktop.press = async (aim, ...chords) => {
    const miss = await press(aim, ...chords)
    if (desk.mine.submitted.length > 0) throw new Error('X server gone')
    return miss
  }
  expect(await desk.run()).toMatchObject({ state: 'in-doubt' })
  expect(desk.mine.submitted).toEqual([text])
})

test('an input that cannot be read for a moment after the submit key is looked at again', async () => {
  let looks = 0
  desk.desktop.before = (act) => {
    if (act === 'offerText' && desk.mine.submitted.length > 0) desk.mine.answers = ++looks > 1
  }
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(looks).toBeGreaterThan(1)
})

test('an editor that copies nothing while its page shows the text as selected has not sent it', async () => {
  desk.mine.deafToEnter = 1
  desk.desktop.before = () => {
    if (desk.marks > 0) desk.mine.copies = false
  }
  const rgba = (size: number) => new Uint8Array(size).fill(desk.marks * 9)
  desk.desktop.picture = async ({ width, height }) => ({ width, height, rgba: rgba(width * height * 4) })
  expect(await desk.run()).toMatchObject({ state: 'in-doubt', failure: { left: true } })
  expect(desk.mine.submitted).toEqual([])
})

test('a window that loses the focus and is being moved after the submit key is looked for again', async () => {
  let moves = 0
  desk.desktop.before = (act) => {
    if (desk.mine.submitted.length === 0 || moves === 3) return
    if (act === 'offerText') desk.desktop.focused = desk.other
    if (act !== 'click') return
    moves += 1
    desk.mine.rect = { ...desk.mine.rect, y: desk.mine.rect.y + 10 }
  }
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect(moves).toBe(3)
})

test('a screen that is locked right after the submit key leaves it in doubt at once, and nothing is clicked', async () => {
  let clicksBefore = 0
  const locked = { code: 'desktop-unavailable', message: 'The screen is locked.' } as const
  desk.desktop.before = (act) => {
    if (act !== 'offerText' || desk.mine.submitted.length === 0) return
    clicksBefore ||= desk.desktop.clicks
    desk.desktop.focused = desk.other
  }
  Object.assign(desk.desktop, {
    trouble: async () => (desk.mine.submitted.length > 0 ? locked : undefined),
  })
  expect(await desk.run()).toMatchObject({ state: 'in-doubt' })
  expect(desk.desktop.clicks).toBe(clicksBefore)
})

test('an input that a copy shows otherwise than it was when it was empty is not taken for empty', async () => {
  desk.mine.copiesEmpty = 'newline'
  desk.desktop.before = () => {
    // Something without text has come in the message's place: an attachment, say.
    if (desk.mine.submitted.length > 0) desk.mine.copiesEmpty = 'no-text'
  }
  expect(await desk.run()).toMatchObject({ state: 'in-doubt', failure: { code: 'not-accepted' } })
})

test.each(['\n', ' ', '\u00a0\t', '\u200b\ufeff'])(
  'the text %j, which an empty input seems to hold, is held, and nothing is pressed for it',
  async (blank) => {
    const delivery = await desk.run({ message: { text: blank } })
    expect(delivery).toMatchObject({ state: 'not-submitted', failure: { code: 'text-held' } })
    expect([desk.desktop.acts, desk.mine.submitted]).toEqual([[], []])
  },
)
