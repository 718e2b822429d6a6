import { expect, test } from 'vitest'
import { AgentPrompt } from '../../../src/main/ways/terminal/agent-prompt'
import type { SessionRecords } from '../../../src/main/ways/terminal/records/session-records'
import { FakeTerminal } from './fake-terminal'

// An agent's own record: it settles a doubt and names a reason, and without it everything is as it was.

async function known(records?: Partial<SessionRecords>) {
  const terminal = new FakeTerminal()
  const { clock } = terminal
  const prompt = new AgentPrompt({
    name: () => 'Agent-1',
    terminal,
    clock,
    ...(records && { records: { asks: () => false, has: () => false, ...records } }),
  })
  while ((await prompt.standing()).state === 'starting') await terminal.changed(50)
  const hand = (earlier?: string) =>
    prompt.handOver({
      id: 'hello',
      text: 'hello',
      submit: true,
      earlier: earlier === undefined ? undefined : { messageId: 'hello', text: 'hello', at: earlier },
      signal: new AbortController().signal,
      beforePaste: () => Promise.resolve(true),
      beforeSubmit: () => Promise.resolve(true),
      onStep: () => undefined,
    })
  return { terminal, prompt, hand }
}

/** Takes the message and shows something else for good. */
function neverComesBack(terminal: FakeTerminal) {
  terminal.onEnter = () => terminal.draw('Working on it …▮')
}

test.each([
  ['has it', true, 'delivered'],
  ['has it not', false, 'in-doubt'],
])('what left a prompt that never came back is settled by a record that %s', async (_what, has, state) => {
  const asked: unknown[] = []
  const { terminal, hand } = await known({
    has: (reader, { text }, since) => asked.push([reader.id, text, since]) > 0 && has,
  })
  neverComesBack(terminal)
  const begun = terminal.time
  expect(await hand()).toMatchObject({ state })
  expect(asked[0]).toEqual(['7@1', 'hello', begun])
  // At once, where it has it; else again and again, but not at every look.
  const passed = terminal.time - begun
  expect(has ? passed < 3000 && asked.length === 1 : asked.length <= passed / 1000 + 1).toBe(true)
})

test('without a record it stays in doubt', async () => {
  const { terminal, hand } = await known()
  neverComesBack(terminal)
  expect(await hand()).toMatchObject({ state: 'in-doubt' })
})

test('what was delivered by the prompt is not asked about, and no record makes delivered what was not sent', async () => {
  const { terminal, hand } = await known({
    has: () => {
      throw new Error('not to be asked')
    },
  })
  expect(await hand()).toEqual({ state: 'delivered' })
  terminal.onPaste = () => undefined
  expect(await hand()).toMatchObject({ state: 'not-submitted', failure: { code: 'earlier-paste' } })
})

test('a text of before a restart is looked for in the record from its paste on', async () => {
  const since: number[] = []
  const { terminal, hand } = await known({ has: (_reader, _message, at) => since.push(at) > 0 })
  terminal.time = 100_000
  expect(await hand(new Date(500).toISOString())).toEqual({ state: 'delivered' })
  expect(since).toEqual([500])
  expect(terminal.acts).toEqual([])
})

test('a question that the screen does not show to be one is named by the record', async () => {
  let asks = false
  const { terminal, prompt } = await known({ asks: () => asks })
  terminal.draw('Something to choose▮', '  left', '  right')
  expect(await prompt.standing()).toEqual({ state: 'busy' })
  asks = true
  expect(await prompt.standing()).toEqual({ state: 'asking' })
  terminal.show('')
  expect(await prompt.standing()).toEqual({ state: 'ready' })
})
