import { expect, test } from 'vitest'
import { Terminals } from '../../../src/main/ways/terminal/terminals'
import { createTerminalWay } from '../../../src/main/ways/terminal/terminal-way'
import { FakeClock, settle } from '../../fakes/fake-clock'
import { MemoryPastes } from '../../fakes/memory-pastes'
import { silentLog } from '../../fakes/silent-log'
import { agent } from '../../queue/courier-desk'

const id = '0198c1de-5b2f-7d3a-9a53-3f1f0d9c2b11'
const message = { id, to: 'A', from: 'a', text: 'hello', priority: 'normal', submit: true } as const

function open() {
  const clock = new FakeClock()
  const pastes = new MemoryPastes(clock)
  const terminals = new Terminals(silentLog, clock)
  const connection = new AbortController()
  terminals.join({ name: 'A', program: 'claude', pid: 7, standing: { state: 'ready' } }, connection.signal)
  const delivery = createTerminalWay({ terminals, clock, pastes }).deliver({
    message: { ...message, state: 'delivering', attempts: 1, createdAt: '', proof: null },
    agent: agent('A', { way: 'terminal' }),
    signal: new AbortController().signal,
    onStep: () => undefined,
    beforeSubmit: () => undefined,
  })
  return { terminals, pastes, connection, delivery }
}

test('a terminal that goes before the paste leaves nothing behind', async () => {
  const { pastes, connection, delivery } = open()
  await settle()
  connection.abort()
  const failure = expect.not.objectContaining({ left: true }) as unknown
  expect(await delivery).toMatchObject({ state: 'not-submitted', failure })
  expect(pastes.of('A')).toBeUndefined()
})

test('one that goes after it may have the text in its prompt, which is kept in mind', async () => {
  const { terminals, pastes, connection, delivery } = open()
  await settle()
  expect(await terminals.step(connection.signal, { id, step: 'paste' })).toBe(true)
  connection.abort()
  expect(await delivery).toMatchObject({
    state: 'not-submitted',
    failure: { code: 'agent-ended', left: true },
  })
  expect(pastes.of('A')).toMatchObject({ messageId: id, text: 'hello', way: 'terminal' })
})
