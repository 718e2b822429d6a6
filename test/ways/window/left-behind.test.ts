import { beforeEach, expect, test } from 'vitest'
import { DeliveryDesk, held, text } from './delivery-desk'

// What a delivery that was disturbed leaves in the input, on the clipboard and in its memory.

const draft = 'a draft'
let desk: DeliveryDesk

beforeEach(() => {
  desk = new DeliveryDesk()
  desk.mine.text = draft
})

/** Another window keeps the focus from that press on, whatever is done. */
function keepFocusFrom(first: number): void {
  let presses = 0
  desk.desktop.before = (act) => {
    if (act === 'press') presses += 1
    if (presses >= first) desk.desktop.focused = desk.other
  }
}

/** Another window keeps the focus once the message stands in the input. */
function keepFocusOncePasted(): void {
  desk.desktop.before = () => {
    if (desk.mine.text.includes(text)) desk.desktop.focused = desk.other
  }
}

function leaveInPeace(): void {
  desk.desktop.before = () => undefined
}

test('an input into which nothing was pasted stays as it is: nothing is taken out of it', async () => {
  const seen = new Set<string>()
  let presses = 0
  desk.desktop.before = (act) => {
    if (act === 'press' && ++presses === 1) desk.desktop.focused = desk.other
    seen.add(desk.mine.text)
  }
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'focus-lost' } })
  expect([...seen, desk.mine.text]).toEqual([draft, draft])
})

test('a draft covered by a stopped delivery is not lost when the next one is stopped before it has seen the input', async () => {
  keepFocusOncePasted()
  expect(await desk.run()).toMatchObject({ state: 'not-submitted' })
  expect(desk.mine.text).toBe(text)
  keepFocusFrom(1)
  expect(await desk.run()).toMatchObject({ state: 'not-submitted' })
  leaveInPeace()
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect([desk.mine.submitted, desk.mine.text]).toEqual([[text], draft])
})

test.each([
  ['pasted over a draft', draft],
  ['pasted into an empty input', ''],
])(
  'a draft that says what was left once, %s, and has long been delivered, stays whole',
  async (_how, before) => {
    desk.mine.text = before
    keepFocusOncePasted()
    await desk.run()
    leaveInPeace()
    await desk.run()
    const quoting = `${text}: done`
    desk.mine.text = quoting
    expect(await desk.run({ message: { id: 'another', text: 'another message' } })).toMatchObject({
      state: 'delivered',
    })
    expect([desk.mine.submitted, desk.mine.text]).toEqual([[text, 'another message'], quoting])
  },
)

test('what a person types into the input before their draft is back stays; the draft is on the clipboard, and they are told', async () => {
  desk.desktop.copyElsewhere('a person’s text')
  let offers = 0
  desk.desktop.before = (act) => {
    if (act !== 'offerText' || desk.mine.submitted.length === 0 || ++offers !== 2) return
    desk.mine.text = 'a new thought'
    desk.desktop.person()
  }
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  await desk.belongings.giveBack(held)
  expect(desk.mine.text).toBe('a new thought')
  expect([desk.desktop.clipboard.text, desk.draftsOnClipboard]).toEqual([draft, 1])
})

test('a draft before a message in doubt is on the clipboard, and the person is told', async () => {
  desk.desktop.before = (act) => {
    if (act === 'offerText' && desk.mine.submitted.length > 0) desk.mine.text = 'Please rebase.'
  }
  expect(await desk.run()).toMatchObject({ state: 'in-doubt' })
  await desk.belongings.giveBack(held)
  expect([desk.desktop.clipboard.text, desk.draftsOnClipboard]).toEqual([draft, 1])
})

test('a person who never rests does not keep the desktop: the text is left, and noted for the next delivery', async () => {
  desk.desktop.before = () => {
    if (desk.mine.text.includes(text)) desk.desktop.personIdleMs = async () => 0
  }
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'user-active' } })
  expect(desk.mine.text).toContain(text)
  expect(desk.pastes.get('Agent-1')).toMatchObject({ text, draft })
})

test('clipboard, pointer and focus are the person’s again after a delivery', async () => {
  const { desktop, other } = desk
  desktop.copyElsewhere('a person’s text')
  desktop.focused = other
  desktop.place = { x: 450, y: 100 }
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  await desk.belongings.giveBack(held)
  expect([desktop.clipboard.text, desktop.focused, desktop.place]).toEqual([
    'a person’s text',
    other,
    { x: 450, y: 100 },
  ])
})

test('a window that keeps the focus does not keep the desktop: after some seconds the text is left', async () => {
  keepFocusOncePasted()
  expect(await desk.run()).toMatchObject({ state: 'not-submitted' })
  expect(desk.clock.monotonic()).toBeLessThan(10_000)
})

test('a draft that is back is neither put there twice nor on the clipboard when the look at it is disturbed', async () => {
  let isDisturbed = false
  desk.desktop.before = (act) => {
    if (isDisturbed || desk.mine.submitted.length === 0 || desk.mine.text !== draft || act !== 'press') return
    isDisturbed = true
    desk.desktop.focused = desk.other
  }
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect([desk.mine.text, desk.draftsOnClipboard]).toEqual([draft, 0])
})

test('a draft that its input shows otherwise once it is back is on the clipboard as it was, and the person is told', async () => {
  desk.desktop.before = () => {
    if (desk.mine.submitted.length > 0) desk.mine.shows = (pasted) => pasted.toUpperCase()
  }
  expect(await desk.run()).toMatchObject({ state: 'delivered' })
  expect([desk.desktop.clipboard.text, desk.draftsOnClipboard]).toEqual([draft, 1])
})

test('what a person has typed behind the text stays when that is taken out again, after a click into the input', async () => {
  desk.mine.text = ''
  let presses = 0
  let disturbedAt = 0
  desk.desktop.before = (act, index) => {
    if (act !== 'press' || !desk.mine.text.includes(text) || ++presses !== 1) return
    disturbedAt = index
    desk.mine.text += ' and mine'
    desk.desktop.person({ x: 1, y: 1 })
  }
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'user-active' } })
  expect([desk.mine.text, desk.mine.submitted]).toEqual([' and mine', []])
  expect(
    desk.desktop.acts.slice(disturbedAt + 1, disturbedAt + 3),
    'its selection left, then clicked',
  ).toContain('click')
})

test('a draft stays, too, when a person has typed behind the text that was pasted over it', async () => {
  let presses = 0
  desk.desktop.before = (act) => {
    if (act !== 'press' || !desk.mine.text.includes(text) || ++presses !== 1) return
    desk.mine.text += ' and mine'
    desk.desktop.person()
  }
  expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'user-active' } })
  expect([desk.mine.text, desk.mine.submitted]).toEqual([`${draft} and mine`, []])
})
