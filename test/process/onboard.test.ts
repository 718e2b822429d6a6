import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { cleanUp, openWire, startServer, waggle, type Server, type Wire } from './programs'

let server: Server
let wire: Wire
const run = (...args: string[]) => waggle(server.home, args)

beforeAll(async () => {
  server = await startServer()
  wire = await openWire(server.endpoint.path)
  await wire.ask('agent.set', { name: 'Agent-2', description: 'reviews', words: 'signed' })
  await wire.ask('agent.set', { name: 'Closed', enabled: false })
})
afterEach(() => {
  for (const name of ['onboarding', 'onboarding.md'])
    rmSync(join(server.home, name), { recursive: true, force: true })
})
afterAll(cleanUp)

async function textsTo(to: string): Promise<string[]> {
  const { result } = await wire.ask('message.list', { to })
  return (result as { messages: { text: string; sentText?: string }[] }).messages.map(
    ({ text, sentText }) => sentText ?? text,
  )
}

test('--dry-run prints the text with who is there in it, and sends nothing', async () => {
  const { out, code } = await run('onboard', 'Agent-1', '--dry-run')
  expect(code).toBe(0)
  expect(out).toMatch(
    /^To Agent-1:\n\nYou are Agent-1, .*\n\nWho is there:\n- Agent-2: reviews\n- Agent-3\n\n/,
  )
  expect(await textsTo('Agent-1')).toEqual([])
})

test('everyone but the sender gets the text meant for it: its own, else the one for all', async () => {
  mkdirSync(join(server.home, 'onboarding'))
  writeFileSync(join(server.home, 'onboarding.md'), 'Hello {name}.\r\n{agents}\n')
  writeFileSync(join(server.home, 'onboarding', 'Agent-3.md'), 'You test. {other}')
  const { out } = await run('onboard', '--everyone', '--from', 'Agent-1')
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[2]),
  ).toEqual(['Agent-2', 'Agent-3'])
  // The whole text is its own, without the words around other messages.
  expect(await textsTo('Agent-2')).toEqual(['Hello Agent-2.\n- Agent-1\n- Agent-3'])
  expect(await textsTo('Agent-3')).toEqual(['You test. {other}'])
})

test('a file of one’s own is sent; nobody named, or somebody unknown, is exit 2', async () => {
  const file = join(server.home, 'welcome.md')
  writeFileSync(file, 'Welcome, {name}')
  expect((await run('onboard', 'Agent-1', '--file', file)).code).toBe(0)
  expect(await textsTo('Agent-1')).toEqual(['Welcome, Agent-1'])
  expect(await run('onboard')).toMatchObject({ code: 2, out: '' })
  expect(await run('onboard', 'Agent-1', '--everyone')).toMatchObject({ code: 2, out: '' })
  expect(await run('onboard', 'Agnet-1')).toMatchObject({
    code: 2,
    err: expect.stringContaining('Did you mean "Agent-1"?') as unknown,
  })
})
