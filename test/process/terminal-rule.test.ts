import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Result } from '../../src/contract/operations'
import { serverForThisFile } from './server-for-this-file'
import {
  AgentLog,
  agentCommand,
  ask,
  ended,
  send,
  show,
  tmux,
  tmuxPlace,
  until,
  waitsFor,
  wrapPlace,
  type TerminalAgent,
} from './terminals'

// The cases in which "delivered" was once said for nothing, a question was answered or a message was run as a command.

const server = serverForThisFile()

/** The agent, or the terminal between, may not have drawn it yet when it is known to have begun to. */
const shows = async (agent: TerminalAgent, text: string) =>
  until(async () => (await agent.screen()).includes(text))

const commandLine = (log: AgentLog, style: string) =>
  agentCommand(log, style)
    .map((word) => `'${word}'`)
    .join(' ')
const long = Array.from(
  { length: 120 },
  (_, line) => `Line ${line} of a long text, which is not shown.`,
).join('\n')

interface Start {
  start(style: string, ...traits: string[]): Promise<TerminalAgent>
  startShell(log: AgentLog, script: string): Promise<TerminalAgent>
}

/** The same of an agent of each way in each case, all beside each other: most of it is waiting. */
function everywhere<T>(
  name: string,
  cases: readonly T[],
  run: (start: Start, one: T) => Promise<void>,
): void {
  const all = [wrapPlace, tmuxPlace].flatMap((place) => cases.map((one) => ({ place, one })))
  test(`an agent in a terminal: ${name}`, async () => {
    const runs = await Promise.allSettled(
      all.map(async ({ place, one }) => {
        const start: Start = {
          start: (style, ...traits) => place.start(server, style, ...traits),
          startShell: (log, script) => place.startShell(server, log, script),
        }
        await run(start, one).catch((error: unknown) => {
          throw new Error(`by the way ${place.way} (${String(one)})`, { cause: error })
        })
      }),
    )
    for (const ran of runs) if (ran.status === 'rejected') throw ran.reason
  })
}

everywhere(
  'gets its messages, each a prompt of its own and whole',
  [
    ['claude', 'Please run the tests'],
    ['codex', 'First line\nsecond line\n\nafter a gap'],
    ['gemini', '> quoted\n  and indented\twith a tab'],
    ['claude', 'A long line. '.repeat(40)],
    ['codex', 'Emoji 🎉 👩‍👩‍👧 and 漢字, then plain words at the end'],
    ['gemini', 'x'],
  ] as const,
  async ({ start }, [style, text]) => {
    const agent = await start(style)
    const ids = [await send(server, agent.name, text), await send(server, agent.name, 'and another')]
    for (const id of ids)
      expect(await ended(server, id)).toMatchObject({ state: 'delivered', proof: 'prompt' })
    expect(agent.log.prompts()).toEqual([text.replaceAll('\t', '    '), 'and another'])
  },
)

everywhere(
  'gets a long text that is shown as a placeholder only',
  ['claude', 'codex', 'gemini'],
  async ({ start }, style) => {
    const agent = await start(style, 'placeholder')
    expect(await ended(server, await send(server, agent.name, long))).toMatchObject({ state: 'delivered' })
    expect(agent.log.prompts()).toEqual([long])
  },
)

everywhere(
  'gets messages that are sent while it starts and swallows Enter, each apart',
  [''],
  async ({ start }) => {
    const agent = await start('codex', 'slow')
    const ids = []
    for (const text of ['one', 'two', 'three']) ids.push(await send(server, agent.name, text))
    for (const id of ids) expect(await ended(server, id)).toMatchObject({ state: 'delivered' })
    expect(agent.log.prompts()).toEqual(['one', 'two', 'three'])
  },
)

everywhere(
  'gets no third Enter where that makes new lines, and it is said',
  ['claude', 'codex', 'gemini'],
  async ({ start }, style) => {
    const agent = await start(style, 'breaks')
    const message = await ended(server, await send(server, agent.name, 'sent by another key'))
    expect(message).toMatchObject({ state: 'in-doubt', failure: { code: 'not-accepted', left: true } })
    expect(agent.log.entries().filter(({ event }) => event === 'new line')).toHaveLength(2)
  },
)

everywhere(
  'gets nothing before it shows its prompt: the terminal’s own echo is none',
  [''],
  async ({ start }) => {
    const agent = await start('claude', 'late')
    const id = await send(server, agent.name, 'early')
    expect(await ended(server, id)).toMatchObject({ state: 'delivered' })
    expect(agent.log.entries().slice(0, 2)).toEqual([{ event: 'started' }, { event: 'pasted' }])
    expect(agent.log.prompts()).toEqual(['early'])
  },
)

everywhere(
  'is not answered for its person while it asks, whatever moves beside the question',
  ['Please stop', '1', 'y', '2 files changed'],
  async ({ start }, text) => {
    const agent = await start('gemini', 'takes digits', 'clock')
    expect(await ended(server, await send(server, agent.name, 'before'))).toMatchObject({
      state: 'delivered',
    })
    await agent.log.tell('question')
    await shows(agent, 'Do you want to proceed?')
    const id = await send(server, agent.name, text)
    await waitsFor(server, id, 'agent-asks')
    expect(agent.log.answers()).toEqual([])
    await agent.log.tell('no question')
    expect(await ended(server, id)).toMatchObject({ state: 'delivered' })
    expect(agent.log.prompts()).toEqual(['before', text])
    expect(agent.log.answers()).toEqual([])
  },
)

everywhere('a question at its start is no prompt', [''], async ({ start }) => {
  const agent = await start('claude', 'trust', 'takes digits', 'clock')
  const id = await send(server, agent.name, '1')
  await waitsFor(server, id, 'agent-asks')
  await agent.log.tell('no question')
  expect(await ended(server, id)).toMatchObject({ state: 'delivered' })
  expect(agent.log.answers()).toEqual([])
})

everywhere('keeps its person’s draft, and the message follows it', [''], async ({ start }) => {
  const agent = await start('claude')
  expect(await ended(server, await send(server, agent.name, 'before'))).toMatchObject({
    state: 'delivered',
  })
  await agent.type('half a thought')
  await shows(agent, 'half a thought')
  const id = await send(server, agent.name, 'the message')
  await waitsFor(server, id, 'draft-present')
  await agent.type('\r')
  expect(await ended(server, id)).toMatchObject({ state: 'delivered' })
  expect(agent.log.prompts()).toEqual(['before', 'half a thought', 'the message'])
})

everywhere('ended, a shell in its place gets nothing', [''], async ({ startShell }) => {
  const log = new AgentLog()
  const run = commandLine(log, 'claude')
  const agent = await startShell(log, `${run}; exec env PS1='❯ ' bash --norc --noprofile`)
  expect(await ended(server, await send(server, agent.name, 'before'))).toMatchObject({
    state: 'delivered',
  })
  await log.tell('exit')
  await until(async () => !(await agent.screen()).includes('for shortcuts'))
  const ran = `${log.path}.ran`
  const id = await send(server, agent.name, `touch ${ran}\ntouch ${ran}`)
  await waitsFor(server, id, 'agent-ended')
  await agent.type(' \b')
  expect(await show(server, id)).toMatchObject({ state: 'queued' })
  expect(existsSync(ran)).toBe(false)
})

everywhere('stopped, it is waited for', [''], async ({ startShell }) => {
  // In a script, since tmux itself lets the program of a pane go on when that is stopped.
  const log = new AgentLog()
  const agent = await startShell(log, `${commandLine(log, 'claude')}; exit`)
  expect(await ended(server, await send(server, agent.name, 'before'))).toMatchObject({
    state: 'delivered',
  })
  await agent.signal('SIGSTOP')
  const id = await send(server, agent.name, 'while stopped')
  await waitsFor(server, id, 'agent-busy')
  await agent.signal('SIGCONT')
  expect(await ended(server, id)).toMatchObject({ state: 'delivered' })
  expect(agent.log.prompts()).toEqual(['before', 'while stopped'])
})

everywhere('hung, it gets the message once, when it reads again', [''], async ({ start }) => {
  const agent = await start('claude')
  expect(await ended(server, await send(server, agent.name, 'before'))).toMatchObject({
    state: 'delivered',
  })
  await agent.log.tell('hang 4000')
  const ids = [await send(server, agent.name, 'while hung'), await send(server, agent.name, 'after it')]
  for (const id of ids) expect(await ended(server, id)).toMatchObject({ state: 'delivered' })
  expect(agent.log.prompts()).toEqual(['before', 'while hung', 'after it'])
})

everywhere('in its shell mode it gets nothing', [''], async ({ start }) => {
  const agent = await start('claude')
  expect(await ended(server, await send(server, agent.name, 'before'))).toMatchObject({
    state: 'delivered',
  })
  await agent.log.tell('shell mode')
  await shows(agent, '! ')
  const id = await send(server, agent.name, 'rm -rf everything')
  await waitsFor(server, id, 'agent-busy')
  expect(agent.log.prompts()).toEqual(['before'])
})

everywhere(
  'holds what it would take for a command, and nobody else’s',
  ['/frobnicate', '!echo hi', '# a note'],
  async ({ start }, text) => {
    const agent = await start('claude')
    const id = await send(server, agent.name, text)
    await waitsFor(server, id, 'text-held')
    const other = await send(server, agent.name, 'of another', 'another')
    expect(await ended(server, other)).toMatchObject({ state: 'delivered' })
    expect(agent.log.prompts()).toEqual(['of another'])
  },
)

everywhere(
  'a paste that it ignores is not followed by Enter, by another paste or by another message',
  [''],
  async ({ start }) => {
    const agent = await start('claude', 'deaf', 'clock')
    const id = await send(server, agent.name, 'unheard')
    const heard = () => agent.log.entries().filter(({ event }) => event === 'paste ignored').length
    await until(() => heard() > 0)
    expect(await show(server, id)).toMatchObject({ state: 'delivering' })
    expect(agent.log.prompts()).toEqual([])
    expect(heard()).toBe(1)
  },
)

test('a pane that is scrolled back is waited for, and the message comes whole', async () => {
  const agent = await tmuxPlace.start(server, 'claude')
  expect(await ended(server, await send(server, agent.name, 'before'))).toMatchObject({ state: 'delivered' })
  await tmux('copy-mode', '-t', agent.pane ?? '')
  const id = await send(server, agent.name, 'quick brown')
  await waitsFor(server, id, 'agent-busy')
  await tmux('send-keys', '-t', agent.pane ?? '', '-X', 'cancel')
  expect(await ended(server, id)).toMatchObject({ state: 'delivered' })
  expect(agent.log.prompts()).toEqual(['before', 'quick brown'])
})

test('the panes in which agents run are listed, with the name of the one that is set there', async () => {
  const agent = await tmuxPlace.start(server, 'claude')
  const shell = await tmux('new-session', '-d', '-P', '-F', '#{pane_id}', 'sh')
  const { installed, panes } = (await ask(server, 'tmux.panes', {})) as Result<'tmux.panes'>
  expect(installed).toBe(true)
  expect(panes.find(({ agent: name }) => name === agent.name)).toEqual({
    pane: agent.pane,
    where: expect.stringMatching(/^\d+:0\.0$/) as string,
    program: 'agent.mjs',
    agent: agent.name,
  })
  expect(panes.map(({ pane }) => pane)).not.toContain(shell)
  await tmux('kill-pane', '-t', shell)
})
