import { afterEach, beforeEach, expect, test } from 'vitest'
import { startAgents, type Agents } from '../harness/agents'
import { startApp, type RunningApp } from '../harness/app'
import { temporaryHome } from '../harness/home'
import { openPipeClient, type PipeClient } from '../harness/pipe-client'

// What arrives equals what was sent, in every kind of input, however slow its window is.

let home: ReturnType<typeof temporaryHome>
let app: RunningApp
let agents: Agents
let waggle: PipeClient

const kinds = [
  { name: 'Plain', kind: 'textarea' },
  { name: 'Rich', kind: 'contenteditable' },
  { name: 'Plain and slow', kind: 'textarea', stallMs: 180 },
  { name: 'Rich and slow', kind: 'contenteditable', stallMs: 180 },
] as const

beforeEach(async () => {
  home = temporaryHome()
  ;[agents, app] = await Promise.all([
    startAgents({ agents: kinds }),
    startApp({ home: home.path, args: ['--hidden'] }),
  ])
  waggle = await openPipeClient(app.endpoint)
  for (const { name } of kinds) {
    const { input } = await agents.window(name)
    await waggle.call('agent.set', { name, at: input, window: `^${name}: chat$` })
  }
})
afterEach(async () => {
  waggle.close()
  await Promise.all([app.stop(), agents.stop()])
  home.remove()
})

const paragraph = 'A line of words that a person might have written, and nothing in it is special.\n'

test.each([
  ['newlines', 'one\ntwo\n\nfour'],
  ['a tab', 'name\tvalue'],
  ['emoji', 'a bee 🐝, a family 👨‍👩‍👧‍👦, a flag 🇩🇪'],
  ['CJK', '漢字とかな、한국어'],
  ['right-to-left', 'שלום world مرحبا'],
  ['markup and shell', '<b>&amp;</b> $(rm -rf /) `x` "quotes" \\n'],
  ['64 KiB', paragraph.repeat(900).slice(0, 65_535) + '.'],
])('%s', async (_, text) => {
  const { messages } = await waggle.call('message.send', { to: '*', text, from: 'test' })
  const ended = await Promise.all(
    messages.map(async ({ id }) => waggle.call('message.wait', { id, timeoutMs: 40_000 })),
  )
  expect(ended.map(({ to, state, failure }) => `${to} ${state} ${failure?.message ?? ''}`)).toEqual(
    kinds.map(({ name }) => `${name} delivered `),
  )
  const arrived = new Map(agents.submissions().map((one) => [one.agent, one.text]))
  for (const { name } of kinds) expect(arrived.get(name) === text, `${name}: ${arrived.get(name)}`).toBe(true)
})

test('control characters are refused, and nothing is queued', async () => {
  for (const text of ['\u001b[201~', 'a\u0000b', 'a\u0007']) {
    await expect(waggle.call('message.send', { to: 'Plain', text })).rejects.toMatchObject({ code: -32602 })
  }
  expect((await waggle.call('queue.status', {})).depth).toBe(0)
})
