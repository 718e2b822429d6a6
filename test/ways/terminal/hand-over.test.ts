import { beforeEach, expect, test } from 'vitest'
import { AgentPrompt } from '../../../src/main/ways/terminal/agent-prompt'
import { blue, dim } from '../../looking/screens'
import { FakeTerminal } from './fake-terminal'
import { earlier, handTo, known, type Hand } from './handing'

let terminal: FakeTerminal
let prompt: AgentPrompt
let hand: Hand
beforeEach(async () => {
  terminal = new FakeTerminal()
  await meet()
})

async function meet(): Promise<void> {
  prompt = await known(terminal)
  hand = handTo(terminal, prompt)
}

test('a message is pasted once, then Enter is pressed once, each asked for an instant before', async () => {
  expect(await hand('hello')).toEqual({ state: 'delivered' })
  expect(terminal.acts).toEqual(['asked for the paste', 'paste hello', 'asked for Enter', 'Enter'])
})

test('one that is to be left unsent is pasted and left', async () => {
  expect(await hand('hello', { submit: false })).toEqual({ state: 'delivered' })
  expect(terminal.acts).toEqual(['asked for the paste', 'paste hello'])
})

test.each([
  [
    'a question',
    () => terminal.draw('Do you want to proceed?', `❯▮${blue(' 1. Yes')}`, '  2. No'),
    'agent-asks',
  ],
  ['a draft', () => terminal.show('half a thought'), 'draft-present'],
  ['another view', () => terminal.draw('a view', 'q▮'), 'agent-busy'],
  ['a person who types', () => void (terminal.occupied = 'person'), 'user-active'],
  ['copy mode', () => void (terminal.occupied = 'copy mode'), 'agent-busy'],
  ['the end', () => void (terminal.reader = undefined), 'agent-ended'],
])('before %s nothing is pasted', async (_what, happens, code) => {
  happens()
  expect(await hand('1')).toMatchObject({ state: 'not-submitted', failure: { code } })
  expect(terminal.acts).toEqual([])
})

test('a question that opens while the paste is asked for gets nothing', async () => {
  const beforePaste = () => {
    terminal.draw('Allow?', `❯▮${blue(' 1. Yes')}`, '  2. No')
    return Promise.resolve(true)
  }
  expect(await hand('1', { beforePaste })).toMatchObject({ failure: { code: 'agent-asks' } })
  expect(terminal.acts).toEqual([])
})

test('a question that opens between paste and Enter gets no Enter, and the message goes on behind it', async () => {
  terminal.onPaste = () => terminal.draw('Allow?', `❯▮${blue(' 1. Yes')}`, '  2. No')
  expect(await hand('hello')).toMatchObject({
    state: 'not-submitted',
    failure: { code: 'earlier-paste', left: true },
  })
  expect(terminal.acts).not.toContain('Enter')
  terminal.show('hello')
  terminal.acts.length = 0
  expect(await hand('hello', { earlier: earlier('hello') })).toEqual({ state: 'delivered' })
  expect(terminal.acts).toEqual(['asked for Enter', 'Enter'])
})

test('a question that opens while Enter is asked for gets no Enter', async () => {
  const beforeSubmit = () => {
    terminal.draw('Allow?', `❯▮${blue(' 1. Yes')}`, '  2. No')
    return Promise.resolve(true)
  }
  expect(await hand('hello', { beforeSubmit })).toMatchObject({
    state: 'not-submitted',
    failure: { left: true },
  })
  expect(terminal.acts).not.toContain('Enter')
})

test('keys of a person between paste and Enter keep it from being pressed', async () => {
  const beforeSubmit = () => {
    terminal.show('hello and mine')
    return Promise.resolve(true)
  }
  expect(await hand('hello', { beforeSubmit })).toMatchObject({
    state: 'not-submitted',
    failure: { left: true },
  })
  expect(terminal.acts).not.toContain('Enter')
})

test('a paste that is never seen is not repeated, not followed by Enter, and keeps the next message waiting', async () => {
  terminal.onPaste = () => undefined
  expect(await hand('lost')).toMatchObject({ failure: { code: 'earlier-paste', left: true } })
  expect(await hand('lost', { earlier: earlier('lost') })).toMatchObject({
    failure: { code: 'earlier-paste' },
  })
  expect(await hand('next', { earlier: earlier('lost') })).toMatchObject({
    failure: { code: 'earlier-paste' },
  })
  expect(terminal.acts).toEqual(['asked for the paste', 'paste lost'])
})

test('settled by a person, or gone with its program, it keeps nobody waiting', async () => {
  terminal.onPaste = () => undefined
  await hand('lost')
  terminal.onPaste = (text) => terminal.show(text)
  expect(await hand('next')).toEqual({ state: 'delivered' })
  terminal.onPaste = () => undefined
  await hand('lost again')
  terminal.onPaste = (text) => terminal.show(text)
  terminal.alive = false
  terminal.reader = { id: '8@2', name: 'agent', isStopped: false, kind: 'program' }
  await meet()
  expect(await hand('after it')).toEqual({ state: 'delivered' })
})

test('after a restart of Waggle a paste that only the records know of is not pasted again', async () => {
  terminal.show('')
  await meet()
  expect(await hand('next', { earlier: earlier('from before') })).toMatchObject({
    failure: { code: 'earlier-paste' },
  })
  expect(terminal.acts).toEqual([])
})

test('a command that comes back into the prompt is not accepted, not delivered', async () => {
  terminal.onEnter = () => {
    terminal.show('')
    const back = terminal.time + 200
    terminal.onTime = () => {
      if (terminal.time >= back) terminal.draw('❯ ▮hello')
    }
  }
  expect(await hand('hello')).toMatchObject({ state: 'not-submitted', failure: { code: 'not-accepted' } })
})

test('an agent that asks right after it took the message has it; one whose prompt never showed empty is in doubt', async () => {
  terminal.onEnter = () => {
    terminal.show('')
    const asks = terminal.time + 100
    terminal.onTime = () => {
      if (terminal.time === asks) terminal.draw('Allow?', `❯▮${blue(' 1. Yes')}`, '  2. No')
    }
  }
  expect(await hand('hello')).toEqual({ state: 'delivered' })
  terminal.onTime = () => undefined
  terminal.show('')
  terminal.onEnter = () => terminal.draw('Allow?', `❯▮${blue(' 1. Yes')}`, '  2. No')
  expect(await hand('again')).toMatchObject({ state: 'in-doubt' })
})

test('an agent that ends at Enter leaves a doubt', async () => {
  terminal.onEnter = () => {
    terminal.alive = false
    terminal.reader = undefined
    terminal.draw('$ ▮')
  }
  expect(await hand('hello')).toMatchObject({ state: 'in-doubt' })
})

test('stopped before its next act it does nothing more', async () => {
  const stop = new AbortController()
  const beforeSubmit = () => (stop.abort(), Promise.resolve(false))
  expect(await hand('hello', { signal: stop.signal, beforeSubmit })).toMatchObject({ state: 'not-submitted' })
  expect(terminal.acts).toEqual(['asked for the paste', 'paste hello'])
  expect(await hand('hello', { signal: stop.signal, earlier: earlier('hello') })).toMatchObject({
    state: 'not-submitted',
  })
  expect(terminal.acts).not.toContain('Enter')
})

test('a backslash that ends a message is kept from Enter', async () => {
  expect(await hand('so \\')).toEqual({ state: 'delivered' })
  expect(terminal.acts).toContain('paste so \\ ')
})

test('another program with the same prompt is not the agent', async () => {
  terminal.reader = { id: '9@3', name: 'other', isStopped: false, kind: 'program' }
  terminal.draw(`❯ ▮${dim('hint')}`)
  for (let look = 0; look < 20; look += 1) {
    expect(await prompt.standing()).toEqual({ state: 'another program', program: 'other' })
    await terminal.changed(50)
  }
  expect(await hand('hello')).toMatchObject({ failure: { code: 'agent-ended' } })
})

const focusLost = { code: 'focus-lost', message: 'Another window has the keys.' } as const

test('a paste whose keys were refused is as if it had not been tried', async () => {
  terminal.refused = focusLost
  expect(await hand('hello')).toEqual({ state: 'not-submitted', failure: focusLost })
  terminal.refused = undefined
  terminal.show('a draft')
  expect(await prompt.standing(), 'none of ours').toEqual({ state: 'draft' })
  terminal.show('')
  expect(await hand('hello')).toEqual({ state: 'delivered' })
  expect(terminal.acts.filter((act) => act.startsWith('paste'))).toEqual(['paste hello'])
})

test('a paste that may come late is not repeated, and goes on once it has come', async () => {
  terminal.onPaste = () => undefined
  terminal.refused = { ...focusLost, code: 'earlier-paste', left: true }
  expect(await hand('hello')).toMatchObject({ failure: { code: 'earlier-paste', left: true } })
  terminal.refused = undefined
  expect(await prompt.stuck()).toBeUndefined()
  terminal.show('hello')
  expect(await hand('hello', { earlier: earlier('hello') })).toEqual({ state: 'delivered' })
  expect(terminal.acts.filter((act) => act.startsWith('paste'))).toEqual(['paste hello'])
})

test('an Enter whose key was refused was not pressed: the message stands there and goes on', async () => {
  const beforeSubmit = () => {
    terminal.refused = focusLost
    return Promise.resolve(true)
  }
  expect(await hand('hello', { beforeSubmit })).toEqual({
    state: 'not-submitted',
    failure: { ...focusLost, left: true },
  })
  terminal.refused = undefined
  expect(await prompt.stuck()).toBeUndefined()
  expect(await hand('hello', { earlier: earlier('hello') })).toEqual({ state: 'delivered' })
  expect(terminal.acts.filter((act) => act === 'Enter')).toEqual(['Enter'])
})

test('a terminal that cannot be looked at after the paste may hold it still', async () => {
  terminal.onPaste = () => {
    terminal.look = () => Promise.reject(new Error('no answer'))
  }
  expect(await hand('hello')).toMatchObject({ state: 'not-submitted', failure: { left: true } })
})

test('a text that is stuck there is told from one that may go on', async () => {
  terminal.onEnter = () => undefined
  expect(await hand('hello')).toMatchObject({ failure: { code: 'agent-busy', left: true } })
  expect(await prompt.stuck()).toMatchObject({ code: 'agent-busy' })
  terminal.show('something else')
  expect(await prompt.stuck()).toMatchObject({ code: 'earlier-paste' })
})

test('that a text of before a restart may stand there is said, where no prompt has been seen since', async () => {
  terminal.show('from before')
  prompt = new AgentPrompt({ name: () => 'Agent-1', terminal, clock: terminal.clock })
  await prompt.reconcile(earlier('from before'))
  expect(await prompt.troubleOnceLearnt(600, 50)).toMatchObject({ code: 'earlier-paste', left: true })
  expect(terminal.acts).toEqual([])
})
