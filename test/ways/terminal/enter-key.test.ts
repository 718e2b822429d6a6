import { beforeEach, expect, test } from 'vitest'
import { FakeTerminal } from './fake-terminal'
import { earlier, handTo, known, type Hand } from './handing'

// What becomes of the Enter that was pressed on a message, and when another one may be.

let terminal: FakeTerminal
let hand: Hand
beforeEach(async () => {
  terminal = new FakeTerminal()
  hand = handTo(terminal, await known(terminal))
})

test('an Enter that was taken for a part of the paste is pressed once more', async () => {
  let presses = 0
  terminal.onEnter = () => terminal.show((presses += 1) === 1 ? 'hello\n' : '')
  expect(await hand('hello')).toEqual({ state: 'delivered' })
  expect(presses).toBe(2)
})

test('what an agent draws while it takes the message is none of its new lines', async () => {
  terminal.onEnter = () => {
    terminal.show('hello\n\n\n')
    const done = terminal.time + 700
    terminal.onTime = () => {
      if (terminal.time === done) terminal.show('')
    }
  }
  expect(await hand('hello')).toEqual({ state: 'delivered' })
})

test('an agent whose Enter makes new lines gets no third one, also where the text fills its line', async () => {
  for (const text of ['hello', 'a text and its line']) {
    const fills = text === 'hello' ? '' : '\n'
    let lines = fills
    terminal.onPaste = () => terminal.show(text + fills)
    terminal.onEnter = () => terminal.show(text + (lines += '\n'))
    expect(await hand(text)).toMatchObject({
      state: 'in-doubt',
      failure: { code: 'not-accepted', left: true },
    })
    expect(lines).toBe(`${fills}\n\n`)
    // Sent there by another key.
    terminal.show('')
  }
})

test('an Enter that is not taken is pressed again while the message stands there and the agent draws', async () => {
  let swallowed = 0
  terminal.onEnter = () => {
    swallowed += 1
    if (swallowed === 3) terminal.show('')
  }
  terminal.onTime = () => (terminal.drawn += 1)
  expect(await hand('hello')).toEqual({ state: 'delivered' })
  expect(terminal.acts.filter((act) => act === 'Enter')).toHaveLength(3)
})

test('an agent that has drawn nothing since Enter gets no second one', async () => {
  terminal.onEnter = () => undefined
  expect(await hand('hello')).toMatchObject({
    state: 'not-submitted',
    failure: { code: 'agent-busy', left: true },
  })
  expect(terminal.acts.filter((act) => act === 'Enter')).toHaveLength(1)
  terminal.show('')
  expect(await hand('hello', { earlier: earlier('hello') })).toEqual({ state: 'delivered' })
  expect(terminal.acts.filter((act) => act === 'Enter' || act.startsWith('paste'))).toHaveLength(2)
})
