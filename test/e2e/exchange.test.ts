import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { startApp, type RunningApp } from '../harness/app'
import { calibrate, forThisTest, openAgentsDesk, openDesk, type AgentsDesk } from '../harness/desk'
import { openMcp, type McpClient } from '../harness/mcp-client'

// Agents that answer each other by the official MCP client: two in windows, one without. What arrived in the windows,
// and what the tools answered, is the truth.

const CLI = resolve('out/cli/waggle.js')
let desk: AgentsDesk<RunningApp>

async function open(): Promise<void> {
  desk = await openAgentsDesk(startApp, {
    agents: [{ name: 'Agent-1' }, { name: 'Agent-2' }],
    args: ['--hidden'],
  })
  await calibrate(desk, 'Agent-1')
  await calibrate(desk, 'Agent-2', { words: 'answerable' })
  await desk.pipe.call('agent.set', { name: 'Agent-3', way: 'inbox', description: 'Has no window' })
}

const agent = (name: string): Promise<McpClient> =>
  forThisTest(openMcp(CLI, desk.home, name), (client) => client.close())

/** The id that a message names in the words around it. */
function idIn(text: string): string {
  const [, id] = /answer with: waggle reply ([0-9a-f-]{36})/.exec(text) ?? []
  if (id === undefined) throw new Error(`no message is named in: ${text}`)
  return id
}

const textsIn = (name: string) =>
  desk.agents.submissions().flatMap((one) => (one.agent === name ? one.text : []))

interface Taken {
  readonly messages: readonly { readonly id: string; readonly text: string }[]
}

test('one agent asks two, one in a window and one without; both answer by their doors, and it has both', async () => {
  await open()
  const [one, two, three] = [await agent('Agent-1'), await agent('Agent-2'), await agent('Agent-3')]
  const agents = await desk.pipe.call('agent.list', {})
  expect(agents.agents.map(({ stands }) => stands)).toEqual(['ready', 'ready', 'ready'])
  const asked = one.call('ask', { to: ['Agent-2', 'Agent-3'], question: 'green?', timeout_seconds: 60 })
  await desk.agents.submitted(1)
  const [typed = ''] = textsIn('Agent-2')
  expect(typed).toContain('[from Agent-1, message ')
  expect(typed.endsWith('\ngreen?')).toBe(true)
  const { messages } = (await three.call('take_messages', { wait_seconds: 30 })) as unknown as Taken
  await two.call('reply', { message_id: idIn(typed), text: 'two is' })
  await three.call('reply', { message_id: messages[0]?.id, text: 'three is' })
  expect(await asked).toMatchObject({
    answers: [
      { agent: 'Agent-2', text: 'two is' },
      { agent: 'Agent-3', text: 'three is' },
    ],
    missing: [],
  })
  // It had them by its tool, so nothing is typed into its window.
  expect(textsIn('Agent-1')).toEqual([])
})

test('an answer to an agent that does not wait for it is typed into its window', async () => {
  await open()
  const [one, two] = [await agent('Agent-1'), await agent('Agent-2')]
  await one.call('send_message', { to: 'Agent-2', text: 'done' })
  await desk.agents.submitted(1)
  await two.call('reply', { message_id: idIn(textsIn('Agent-2')[0] ?? ''), text: 'seen' })
  await desk.agents.submitted(2)
  expect(textsIn('Agent-1')).toEqual(['seen'])
})

test('killed in the middle of a question, Waggle loses nothing, and asks and answers nobody twice', async () => {
  await open()
  const [one, two, three] = [await agent('Agent-1'), await agent('Agent-2'), await agent('Agent-3')]
  const asked = one.call('ask', { to: ['Agent-2', 'Agent-3'], question: 'still?', timeout_seconds: 60 })
  await desk.agents.submitted(1)
  const id = idIn(textsIn('Agent-2')[0] ?? '')
  // Else the kill may come before the delivery is written, and the question is in doubt, which nobody asks again either.
  await desk.pipe.call('message.wait', { id, timeoutMs: 15_000 })
  await two.call('reply', { message_id: id, text: 'two is' })
  await desk.waggle.kill()
  const again = await openDesk(startApp, { home: desk.home, args: ['--hidden'] })
  const { messages } = (await three.call('take_messages', { wait_seconds: 30 })) as unknown as Taken
  expect(messages.map(({ text }) => text)).toEqual(['still?'])
  await three.call('reply', { message_id: messages[0]?.id, text: 'three is' })
  expect(await asked).toMatchObject({ answers: [{ text: 'two is' }, { text: 'three is' }], missing: [] })
  expect(textsIn('Agent-2')).toHaveLength(1)
  expect(await three.call('take_messages')).toEqual({ messages: [] })
  for (const from of ['Agent-2', 'Agent-3'])
    expect((await again.pipe.call('message.list', { from })).messages).toHaveLength(1)
  expect((await again.pipe.call('message.list', { from: 'Agent-1' })).messages).toHaveLength(2)
})
