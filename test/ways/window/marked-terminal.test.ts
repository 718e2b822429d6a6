import { beforeEach, expect, test } from 'vitest'
import { HandsOff } from '../../../src/main/hands-off'
import { FakeTerminalWindow } from './fake-terminal-window'

// A plain window of a terminal without a tree: it is read by marking its text, which takes the desktop.

let window: FakeTerminalWindow
beforeEach(() => {
  window = new FakeTerminalWindow({}, 'XTerm')
})

const PASTE = 'LeftShift+Insert'
const whole = (text: string) => ['raise', `mark ${text}`, PASTE, 'Enter']
const failed = (code: string, more = {}) => ({
  state: 'not-submitted',
  failure: expect.objectContaining({ code, ...more }) as unknown,
})
const question = () => window.draw('Do you want to proceed?', '❯ 1. Yes', '  2. No', '▮')

test('a message is pasted by the terminal’s own key and sent once, and the desktop is kept to the end', async () => {
  expect(await window.deliver('hello')).toMatchObject({ state: 'delivered', proof: 'prompt' })
  expect(window.acts).toEqual(whole('hello'))
  expect(window.freed).toBe(0)
})

test('nothing is marked before the desktop is in hand', async () => {
  expect(await window.trouble()).toBeUndefined()
  expect([window.marks, window.acts]).toEqual([0, []])
})

test.each([
  ['a question', question, 'agent-asks'],
  ['words that may be a draft', () => window.show('Try "fix the tests"'), 'agent-starting'],
  [
    'an empty prompt above a list',
    () => window.draw('─'.repeat(60), '❯ ▮', '─'.repeat(60), 'a', 'b', 'c', 'd'),
    'agent-starting',
  ],
  ['no prompt', () => window.draw('compiling ▮'), 'agent-starting'],
])('%s gets nothing from the start on, and it is noted what stands there', async (_what, draw, code) => {
  draw()
  expect(await window.deliver('1')).toMatchObject(failed(code))
  expect(window.acts).toEqual(['raise'])
  expect(window.met).toEqual([expect.objectContaining({ code })])
})

test('once its prompt is known a draft stays its person’s, and a question is not answered', async () => {
  await window.deliver('before')
  window.pastes.erase('A')
  window.acts.length = 0
  window.show('my own words▮')
  expect(await window.deliver('hello')).toMatchObject(failed('draft-present'))
  question()
  expect(await window.deliver('1')).toMatchObject(failed('agent-asks'))
  expect(window.acts).toEqual([])
  window.show('▮')
  expect(await window.deliver('1')).toMatchObject({ state: 'delivered' })
  expect(window.met).toEqual([])
})

test('a question that opens upon the paste gets no Enter', async () => {
  window.onPaste = question
  expect(await window.deliver('1')).toMatchObject(failed('earlier-paste', { left: true }))
  expect(window.acts).toEqual(whole('1').slice(0, -1))
})

test('a shell in its place gets nothing, and its window is left where it is', async () => {
  await window.deliver('before')
  window.acts.length = 0
  const { marks } = window
  window.active = 'another'
  window.reader = { id: '9@2', name: 'bash', isStopped: false, kind: 'other' }
  expect(await window.deliver('touch RAN')).toMatchObject(failed('agent-ended'))
  window.reader = { id: '8@1', name: 'claude', isStopped: false, kind: 'program' }
  window.readsKeys = false
  expect(await window.deliver('touch RAN')).toMatchObject(failed('agent-starting'))
  expect([window.acts, window.marks]).toEqual([[], marks])
})

test('a person’s hand ends the looking: before the paste nothing is pasted', async () => {
  window.markMiss = 'person-active'
  expect(await window.deliver('hello')).toMatchObject(failed('user-active'))
  expect(window.acts).toEqual(['raise'])
  expect(window.pastes.of('A')).toBeUndefined()
})

test('behind Enter it leaves a doubt, with the desktop let go at once', async () => {
  window.onEnter = () => void (window.markMiss = 'person-active')
  const { marks } = window
  expect(await window.deliver('hello')).toMatchObject({ state: 'in-doubt' })
  expect(window.freed).toBeGreaterThan(0)
  expect(window.acts).toEqual(whole('hello'))
  expect(window.marks).toBeGreaterThan(marks)
})

test('told to take hands off behind Enter, it lets the desktop go and marks nothing more', async () => {
  let marks = 0
  window.onEnter = () => {
    ;({ marks } = window)
    window.stopping.abort(new HandsOff())
  }
  expect(await window.deliver('hello')).toMatchObject({ state: 'in-doubt' })
  expect(window.freed).toBeGreaterThan(0)
  expect(window.marks).toBe(marks)
})
