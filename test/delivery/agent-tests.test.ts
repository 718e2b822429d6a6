import { expect, test } from 'vitest'
import { createAgentTests } from '../../src/main/delivery/agent-tests'
import { TurnTimeout } from '../../src/main/desktop/turn-errors'
import { FakeTurns } from '../fakes/fake-turns'
import { HastyClock } from '../fakes/hasty-clock'
import { agent } from './delivery-desk'

function testsWith(refusal: Error) {
  const turns = new FakeTurns()
  turns.refusals.push(refusal)
  return createAgentTests({
    turns,
    clock: new HastyClock(),
    ready: async () => undefined,
    tryOut: async () => ({ ok: true, steps: [] }),
    giveBack: async () => undefined,
  })
}

test('a desktop that another program does not give back is what the test of an agent says', async () => {
  const message = 'The desktop was not free for 30 s: process 7 (a script) has held it.'
  const result = await testsWith(new TurnTimeout(message))(agent, new AbortController().signal)
  expect(result).toEqual({ ok: false, steps: [], failure: { code: 'lock-timeout', message } })
})

test('any other fault is not taken for that', async () => {
  const run = testsWith(new Error('disk full'))(agent, new AbortController().signal)
  await expect(run).rejects.toThrow('disk full')
})
