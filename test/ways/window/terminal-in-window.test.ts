import { beforeEach, expect, test } from 'vitest'
import { FakeTerminalWindow } from './fake-terminal-window'

// A plain window of a terminal, by its text: what is done to it, and what is not.

let window: FakeTerminalWindow
beforeEach(() => {
  window = new FakeTerminalWindow()
})

const PASTE = 'LeftControl+LeftShift+V'
const whole = (text: string) => ['raise', `offer ${text}`, PASTE, 'Enter']
const failed = (code: string, more = {}) => ({
  state: 'not-submitted',
  failure: expect.objectContaining({ code, ...more }) as unknown,
})
const question = () => window.draw('Do you want to proceed?', '❯ 1. Yes', '  2. No', '▮')

test('a message is pasted and sent once, without a click, and the desktop is let go once it has left', async () => {
  window.onEnter = () => {
    expect(window.freed).toBe(0)
    window.show('▮')
  }
  expect(await window.deliver('hello')).toMatchObject({ state: 'delivered', proof: 'prompt' })
  expect(window.acts).toEqual(whole('hello'))
  expect(window.freed).toBeGreaterThan(0)
})

test('one that is in front already is not raised', async () => {
  window.active = 'w'
  expect(await window.deliver('hello')).toMatchObject({ state: 'delivered' })
  expect(window.acts).toEqual(whole('hello').slice(1))
})

test('a paste that is not seen is followed by no Enter and no other paste, and goes on once it is seen', async () => {
  window.onPaste = () => undefined
  expect(await window.deliver('hello')).toMatchObject(failed('earlier-paste', { left: true }))
  expect(await window.deliver('another')).toMatchObject(failed('earlier-paste'))
  expect(window.acts.filter((act) => act === PASTE || act === 'Enter')).toEqual([PASTE])
  window.show('hello▮')
  expect(await window.deliver('hello')).toMatchObject({ state: 'delivered' })
  expect(window.acts.filter((act) => act === PASTE || act === 'Enter')).toEqual([PASTE, 'Enter'])
})

test('a text that stands there otherwise than it was sent gets no Enter', async () => {
  window.onPaste = (text) => window.show(`${text} and what a person wrote▮`)
  expect(await window.deliver('hello')).toMatchObject(failed('earlier-paste', { left: true }))
  expect(window.acts).not.toContain('Enter')
})

test('a text that comes back into the prompt is not accepted', async () => {
  let since = Infinity
  window.onEnter = () => {
    window.show('▮')
    since = window.clock.monotonic()
  }
  window.onTime = () => {
    if (window.clock.monotonic() - since > 100) window.show('▮hello')
  }
  expect(await window.deliver('hello')).toMatchObject(failed('not-accepted'))
})

test('a message that Enter does not take is waited for, and is not delivered', async () => {
  window.onEnter = () => undefined
  expect(await window.deliver('hello')).toMatchObject(failed('agent-busy', { left: true }))
  expect(window.acts).toEqual(whole('hello'))
  expect(await window.trouble()).toMatchObject({ code: 'agent-busy' })
})

test('a question is not answered: nothing comes to the desktop', async () => {
  await window.deliver('before')
  window.acts.length = 0
  question()
  expect(await window.deliver('1')).toMatchObject(failed('agent-asks'))
  expect(window.acts).toEqual([])
})

test('a question that opens upon the paste gets no Enter', async () => {
  window.onPaste = question
  expect(await window.deliver('1')).toMatchObject(failed('earlier-paste', { left: true }))
  expect(window.acts).toEqual(whole('1').slice(0, -1))
})

test.each([
  ['a shell in its place', { id: '9@2', name: 'bash', isStopped: false, kind: 'other' as const }],
  ['another program', { id: '9@2', name: 'vim', isStopped: false, kind: 'program' as const }],
  ['no program', undefined],
])('%s gets nothing', async (_what, reader) => {
  await window.deliver('before')
  window.acts.length = 0
  window.reader = reader
  expect(await window.deliver('touch RAN')).toMatchObject(failed('agent-ended'))
  expect(window.acts).toEqual([])
})

test('a program other than when the agent was set gets nothing from the start on', async () => {
  window.reader = { id: '9@2', name: 'vim', isStopped: false, kind: 'program' }
  expect(await window.deliver('hello')).toMatchObject(failed('agent-ended'))
  expect(window.acts).toEqual([])
})

test('an agent that ends at Enter leaves a doubt', async () => {
  window.onEnter = () => {
    window.alive = false
    window.reader = { id: '9@2', name: 'bash', isStopped: false, kind: 'other' }
    window.draw('$ ▮')
  }
  expect(await window.deliver('hello')).toMatchObject({ state: 'in-doubt' })
})

test('a program that reads line by line has no prompt', async () => {
  window.readsKeys = false
  expect(await window.deliver('hello')).toMatchObject(failed('agent-starting'))
  expect(window.acts).toEqual([])
})

test.each([
  ['several terminals', (it: FakeTerminalWindow) => (it.below = 'several'), 'several terminals'],
  ['no terminal', (it: FakeTerminalWindow) => (it.below = 'none'), 'no program'],
  ['no process', (it: FakeTerminalWindow) => (it.pid = undefined), 'whose window'],
  ['no text', (it: FakeTerminalWindow) => (it.isMute = true), 'Wait for it.'],
])('a window that tells of %s is not typed into, and what to do is said', async (_what, change, said) => {
  change(window)
  const message = expect.stringContaining(said) as unknown
  expect(await window.deliver('hello')).toMatchObject(failed('unreadable', { message }))
  expect(await window.trouble()).toMatchObject({
    message: expect.stringContaining('waggle wrap A') as unknown,
  })
  expect(window.acts).toEqual([])
})

test('a window that does not come to the front is not typed into', async () => {
  window.comesForward = false
  expect(await window.deliver('hello')).toMatchObject(failed('focus-lost'))
  expect(window.acts).toEqual(['raise'])
  expect(window.pastes.of('A')).toBeUndefined()
})

test('while its search or its menu has the keys, nothing is pasted, and that counts as no paste', async () => {
  window.shown = { ...window.shown, isFocused: false }
  expect(await window.deliver('hello')).toMatchObject(failed('focus-lost'))
  expect(window.acts).toEqual(['raise'])
  expect(window.pastes.of('A')).toBeUndefined()
})

test('a person at the keys keeps the paste from being made, and it counts as none', async () => {
  window.miss = 'person-active'
  expect(await window.deliver('hello')).toMatchObject(failed('user-active'))
  expect(window.acts).toEqual(['raise', 'offer hello'])
  expect(window.pastes.of('A')).toBeUndefined()
  window.miss = undefined
  expect(await window.deliver('hello')).toMatchObject({ state: 'delivered' })
})

test('a turn that was lost types nothing', async () => {
  window.checkTurn = () => {
    if (window.acts.includes('offer hello')) throw new Error('the turn was lost')
  }
  expect(await window.deliver('hello')).toMatchObject({ state: 'not-submitted' })
  expect(window.acts).toEqual(['raise', 'offer hello'])
})

test('a chord that pastes nothing says so, and it counts as no paste', async () => {
  window.takes = false
  const message = expect.stringContaining('another key') as unknown
  expect(await window.deliver('hello')).toMatchObject(failed('text-mismatch', { message }))
  expect(window.acts).toEqual(['raise', 'offer hello', PASTE])
  expect([window.pastes.of('A'), window.clipboardLeft]).toEqual([undefined, false])
})

test('a terminal that hangs at the chord may take the text late: it finds that and nobody’s clipboard', async () => {
  window.takes = false
  window.onChord = () => void (window.isMute = true)
  expect(await window.deliver('hello')).toMatchObject(failed('earlier-paste', { left: true }))
  expect(window.clipboardLeft).toBe(true)
  expect(window.pastes.of('A')).toMatchObject({ messageId: 'hello' })
  window.isMute = false
  window.onChord = () => undefined
  window.show('hello▮')
  expect(await window.deliver('hello')).toMatchObject({ state: 'delivered' })
  expect(window.acts.filter((act) => act === PASTE)).toHaveLength(1)
})

test.each([
  [
    'several lines, where nobody knows whether its program takes them as one paste',
    'one\ntwo',
    'my-agent',
    'konsole',
  ],
  ['several lines, about which its terminal asks its person', 'one\ntwo', 'claude', 'xfce4-terminal'],
  ['a line that its terminal may ask about', 'x'.repeat(4001), 'claude', 'konsole'],
])('held, and nothing is typed: %s', async (_what, text, program, app) => {
  const held = new FakeTerminalWindow({}, app, program)
  const message = expect.stringContaining('waggle wrap A') as unknown
  expect(await held.deliver(text)).toMatchObject(failed('text-held', { message }))
  expect(held.acts).toEqual([])
})

test('several lines go in one paste to an agent that is known to take them so', async () => {
  const other = new FakeTerminalWindow({}, 'konsole')
  other.onPaste = (text) => other.show(`${text.replaceAll('\n', '\n  ')}▮`)
  expect(await other.deliver('one\ntwo')).toMatchObject({ state: 'delivered' })
  expect(other.acts).toEqual(whole('one\ntwo'))
})
