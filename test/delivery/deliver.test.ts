import { beforeEach, describe, expect, test } from 'vitest'
import type { Agent } from '../../src/contract/agent'
import type { Message } from '../../src/contract/message'
import { deliver } from '../../src/main/delivery/deliver'
import { createProfiles } from '../../src/main/delivery/profile'
import type { Point } from '../../src/main/desktop/desktop'
import { TurnLost } from '../../src/main/desktop/turn-errors'
import type { Delivery } from '../../src/main/queue/courier'
import { FakeDesktop, type FakeWindow } from '../fakes/fake-desktop'
import { HastyClock } from '../fakes/hasty-clock'
import { silentLog } from '../fakes/silent-log'

const clickPoint = (target: Point) => target
const belongings = { keep: async () => undefined, used: () => undefined }
const profileOf = () => createProfiles('linux').chat
const text = 'Please rebase.\nThen take over the lexer tests. 🐝'

let clock: HastyClock
let desktop: FakeDesktop
let mine: FakeWindow
let other: FakeWindow
let stop: AbortController
let marks: number
let checkTurn: () => void

beforeEach(() => {
  clock = new HastyClock()
  desktop = new FakeDesktop(clock)
  mine = desktop.openWindow('Agent-1: chat', { x: 0, y: 0, width: 300, height: 400 })
  other = desktop.openWindow('Agent-2: chat', { x: 300, y: 0, width: 300, height: 400 })
  stop = new AbortController()
  marks = 0
  checkTurn = () => undefined
})

const agent: Agent = {
  name: 'Agent-1',
  at: [150, 380],
  window: '^Agent-1',
  profile: 'chat',
  enabled: true,
  description: '',
}

function run(changes: { agent?: Partial<Agent>; message?: Partial<Message> } = {}): Promise<Delivery> {
  const message: Message = {
    id: '0198f0c0-0000-7000-8000-000000000001',
    to: 'Agent-1',
    from: 'script',
    text,
    priority: 'normal',
    submit: true,
    state: 'delivering',
    attempts: 1,
    createdAt: new Date(clock.now()).toISOString(),
    proof: null,
    ...changes.message,
  }
  const order = {
    message,
    agent: { ...agent, ...changes.agent },
    turn: { waitedMs: 0, check: () => checkTurn() },
    signal: stop.signal,
    onStep: () => undefined,
    beforeSubmit: () => void marks++,
  }
  return deliver(order, {
    desktop,
    clock,
    log: silentLog,
    profileOf,
    belongings,
    clickPoint,
    idleMs: () => 2000,
  })
}

test('a message is pasted, read back, submitted once and seen gone', async () => {
  const delivery = await run()
  expect(delivery).toMatchObject({ state: 'delivered', proof: 'read-back' })
  expect(mine.submitted).toEqual([text])
  expect(mine.text).toBe('')
  expect(other.submitted).toEqual([])
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

test('a message with submit false is left unsent in the input', async () => {
  expect(await run({ message: { submit: false } })).toMatchObject({ state: 'delivered' })
  expect(mine.text).toBe(text)
  expect(mine.submitted).toEqual([])
  expect(marks).toBe(0)
})

test('a contenteditable, which gives back one newline more, counts as read back', async () => {
  Object.assign(mine, { copySuffix: '\n' })
  expect(await run()).toMatchObject({ state: 'delivered' })
  expect(mine.submitted).toEqual([text])
})

describe('a draft', () => {
  test('is neither sent nor lost', async () => {
    mine.text = 'half a thought'
    expect(await run()).toMatchObject({ state: 'delivered' })
    expect(mine.submitted).toEqual([text])
    expect(mine.text).toBe('half a thought')
  })

  test('comes back when the delivery fails after the paste', async () => {
    mine.text = 'half a thought'
    let presses = 0
    checkTurn = () => undefined
    desktop.before = (act) => {
      // The third press would be the submit key's; the pointer moves just before it.
      if (act === 'press' && ++presses === 2) queueMicrotask(() => (desktop.place = { x: 1, y: 1 }))
    }
    expect(await run()).toMatchObject({ state: 'not-submitted', failure: { code: 'user-active' } })
    expect(mine.submitted).toEqual([])
    expect(mine.text).toBe('half a thought')
  })

  test('that the first copy missed, as the click was handled after it, is found when the text is read back', async () => {
    mine.text = 'half a thought'
    mine.lateClick = 1
    expect(await run()).toMatchObject({ state: 'delivered' })
    expect(mine.submitted).toEqual([text])
    expect(mine.text).toBe('half a thought')
  })

  test('stands alone again when the focus is stolen after the paste, and comes back after the next attempt', async () => {
    mine.text = 'half a thought'
    let offers = 0
    desktop.before = (act) => {
      if (act === 'offerText' && ++offers === 2) desktop.focused = other
    }
    expect(await run()).toMatchObject({ state: 'not-submitted', failure: { code: 'focus-lost' } })
    expect(mine.text).toBe('half a thought')
    desktop.before = () => undefined
    expect(await run()).toMatchObject({ state: 'delivered' })
    expect([mine.submitted, mine.text]).toEqual([[text], 'half a thought'])
  })

  test('equal to the message itself is what an earlier attempt left, and is not put back', async () => {
    mine.text = text
    expect(await run()).toMatchObject({ state: 'delivered' })
    expect(mine.submitted).toEqual([text])
    expect(mine.text).toBe('')
  })
})

describe('the right window', () => {
  test('closed: nothing is touched and nothing is typed elsewhere', async () => {
    desktop.closeWindow(mine)
    expect(await run()).toMatchObject({ state: 'not-submitted', failure: { code: 'window-missing' } })
    expect(desktop.acts).toEqual([])
  })

  test('covered by one that stays on top: no click, no key', async () => {
    const modal = desktop.openWindow('Allow?', { x: 0, y: 300, width: 300, height: 100 })
    desktop.before = (act) => {
      if (act === 'movePointer') desktop.stack.sort((a) => (a === modal ? -1 : 1))
    }
    expect(await run()).toMatchObject({ state: 'not-submitted', failure: { code: 'window-missing' } })
    expect(desktop.acts).not.toContain('click')
    expect(desktop.acts).not.toContain('press')
  })

  test('a focus stolen ahead of any act never puts the text into the thief, nor submits it twice', async () => {
    const quiet = await actsOfAQuietDelivery()
    for (let stolenAt = 0; stolenAt <= quiet; stolenAt++) {
      clock = new HastyClock()
      desktop = new FakeDesktop(clock)
      mine = desktop.openWindow('Agent-1: chat', { x: 0, y: 0, width: 300, height: 400 })
      const thief = desktop.openWindow('Thief', { x: 700, y: 0, width: 100, height: 100 })
      desktop.before = (act, index) => {
        // Keys already on their way cannot be called back, so the theft falls between two acts.
        if (index === stolenAt && act !== 'press') desktop.focused = thief
      }
      const delivery = await run()
      expect(thief.text, `stolen at act ${stolenAt}`).toBe('')
      expect(thief.submitted).toEqual([])
      if (delivery.state === 'delivered') expect(mine.submitted).toEqual([text])
      else expect(mine.submitted).toEqual([])
      expect(mine.text).toBe('')
    }
  })
})

async function actsOfAQuietDelivery(): Promise<number> {
  await run()
  return desktop.acts.length
}

describe('before the submit key', () => {
  test('an input that takes nothing gets no submit', async () => {
    mine.answers = false
    expect(await run()).toMatchObject({ state: 'not-submitted', failure: { code: 'text-mismatch' } })
    expect(marks).toBe(0)
  })

  test('a text that reads back otherwise is taken out again, unsubmitted', async () => {
    Object.assign(mine, { copySuffix: ' and more' })
    expect(await run()).toMatchObject({ state: 'not-submitted', failure: { code: 'text-mismatch' } })
    expect(mine.submitted).toEqual([])
  })

  test('a turn that was lost stops the delivery before its next act', async () => {
    desktop.before = (act) => {
      if (act !== 'offerText') return
      checkTurn = () => {
        throw new TurnLost('another process took the desktop over')
      }
    }
    expect(await run()).toMatchObject({ state: 'not-submitted', failure: { code: 'lock-lost' } })
    expect(desktop.acts).not.toContain('press')
  })

  test('a copy made by a person meanwhile stops it', async () => {
    mine.answers = false
    desktop.before = (act) => {
      if (act === 'press') desktop.copyElsewhere('mine')
    }
    expect(await run()).toMatchObject({ state: 'not-submitted', failure: { code: 'user-active' } })
  })

  test('a stop asked for takes the text out again', async () => {
    desktop.before = (act) => {
      if (act === 'press') stop.abort()
    }
    expect(await run()).toMatchObject({ state: 'not-submitted' })
    expect(mine.submitted).toEqual([])
    expect(mine.text).toBe('')
  })
})

describe('after the submit key', () => {
  test('a text that stays in the input is in doubt, with the mark written once', async () => {
    mine.empties = false
    expect(await run()).toMatchObject({ state: 'in-doubt', failure: { code: 'submit-unconfirmed' } })
    expect(marks).toBe(1)
    expect(mine.submitted).toEqual([text])
  })

  test('a window that takes the focus right then leaves no doubt: the input is looked at again', async () => {
    let submitted = false
    desktop.before = (act) => {
      if (act === 'offerText' && mine.submitted.length === 1 && !submitted) {
        submitted = true
        desktop.focused = other
      }
    }
    expect(await run()).toMatchObject({ state: 'delivered' })
    expect(other.text).toBe('')
  })

  test('a stop asked for then does not make it doubtful', async () => {
    desktop.before = (act) => {
      if (mine.submitted.length === 1 && act === 'offerText') stop.abort()
    }
    expect(await run()).toMatchObject({ state: 'delivered' })
  })
})
