import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { tiles } from '../harness/tiles'
import { xclipHolds, xclipReads } from '../harness/xclip'
import { openPlain, openPlainDesk, type PlainAgent } from '../plain-terminals/plain-terminals'

// What could go wrong in plain windows of terminals, in six of Debian's beside each other: the first three show their text by
// the tree, the others are marked. Each on its own, and more of them: `npm run terminals`.

const terminals = [
  ['lxterminal', []],
  ['xfce4-terminal', []],
  ['gnome-terminal', []],
  ['xterm', ['no hint']],
  ['st', ['no hint']],
  ['alacritty', ['no hint']],
] as const

const FIRST = 'häßlich 日本語 🎉, and on'
const LONG = `a long line ${'and on '.repeat(130)}to its end`

async function openAll(): Promise<readonly PlainAgent[]> {
  const desk = await openPlainDesk()
  await desk.pipe.call('settings.set', { changes: { presence: { idleMs: 500 } } })
  const places = [0, 400].flatMap((y) => tiles(3, { x: 0, y, width: 1280, height: 400 }))
  const traits = ['late', 'slow', 'clock', 'calm', 'takes digits', 'placeholder']
  return Promise.all(
    terminals.map(async ([terminal, hints], index) => {
      const rect = places[index]
      if (!rect) throw new Error('no place')
      const options = { name: terminal, traits: [...hints, ...traits], inShell: true, beside: { desk, rect } }
      return openPlain(terminal, options)
    }),
  )
}

type Sent = readonly { readonly agent: PlainAgent; readonly id: string }[]
const tellAll = async (agents: readonly PlainAgent[], order: string) =>
  Promise.all(agents.map(async (agent) => agent.tell(order)))
const sendAll = async (agents: readonly PlainAgent[], text: string): Promise<Sent> =>
  Promise.all(agents.map(async (agent) => ({ agent, id: await agent.send(text) })))
const allBecome = async (sent: Sent, what: string) =>
  Promise.all(sent.map(async ({ agent, id }) => agent.becomes(id, what)))

/** Their person types into one after the other; nothing is delivered meanwhile. */
async function typedIntoAll(agents: readonly PlainAgent[], ...keys: readonly string[]): Promise<void> {
  const [{ desk }] = agents as [PlainAgent]
  const { lease } = await desk.pipe.call('desktop.acquire', { reason: 'their person types' })
  for (const agent of agents) agent.types(...keys)
  await desk.pipe.call('desktop.release', { lease })
}

/** In the first one, a shell. */
async function inOtherTab([agent]: readonly PlainAgent[]): Promise<string> {
  if (!agent) throw new Error('no terminal')
  await typedIntoAll([agent], 'ctrl+shift+t')
  const id = await agent.send('touch IN_THE_OTHER_TAB')
  expect(await agent.becomes(id, 'unreadable')).toContain('several terminals')
  await typedIntoAll([agent], 'exit ', 'Return')
  await agent.becomes(id, 'delivered')
  return 'touch IN_THE_OTHER_TAB'
}

test('in windows of six terminals messages arrive once, no question is answered, drafts are kept and no shell gets anything', async () => {
  const agents = await openAll()
  for (const selection of ['clipboard', 'primary'] as const) {
    const holder = xclipHolds(selection, `the person’s own ${selection}`)
    onTestFinished(() => void holder.kill())
  }
  // All of them are long in coming, while their terminals echo, and swallow Enter while they start.
  await allBecome(await sendAll(agents, FIRST), 'delivered')
  await tellAll(agents, 'question')
  await Promise.all(agents.map(async (agent) => agent.signal('SIGSTOP')))
  const answers = await sendAll(agents, '1')
  await allBecome(answers, 'agent-busy')
  await Promise.all(agents.map(async (agent) => agent.signal('SIGCONT')))
  await allBecome(answers, 'agent-asks')
  await tellAll(agents, 'no question')
  await allBecome(answers, 'delivered')
  await typedIntoAll(agents, 'my own words ')
  const messages = await sendAll(agents, LONG)
  await allBecome(messages, 'draft-present')
  await typedIntoAll(agents, 'Return')
  await tellAll(agents, 'hang 1000')
  await allBecome(messages, 'delivered')
  const behindTab = await inOtherTab(agents)
  await tellAll(agents, 'exit')
  const late = await sendAll(agents, 'touch RAN')
  for (const said of await allBecome(late, 'agent-ended'))
    expect(said).toContain('bash reads the terminal of')
  await Promise.all(
    agents.map(async ({ desk, name }) => desk.pipe.call('agent.set', { name, profile: 'chat' })),
  )
  for (const said of await allBecome(late, 'profile-unfit'))
    expect(said).toContain('The profile \\"chat\\" of')
  for (const { name, folder, ...agent } of agents) {
    const prompts = [FIRST, '1', 'my own words ', LONG, ...(name === terminals[0][0] ? [behindTab] : [])]
    expect([name, agent.answers(), agent.prompts()]).toEqual([name, [], prompts])
    expect(existsSync(join(folder, 'RAN'))).toBe(false)
  }
  for (const selection of ['clipboard', 'primary'] as const)
    expect(String(await xclipReads(selection))).toBe(`the person’s own ${selection}`)
}, 240_000)
