import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openPlain, until } from '../plain-terminals/plain-terminals'
import { realAgents, type RealAgent } from './agents'
import { attempt, endProcessesOf } from './end-processes'
import { startModelServer, WANTS_TOOL } from './model-server'

// The real agents in plain windows of terminals: nothing wrapped, no tmux. The truth is what their model was asked.

const bare = (text: string) => text.replaceAll(/\s+/g, '')

async function open(terminal: string, real: RealAgent) {
  const folder = mkdtempSync(join(tmpdir(), 'waggle-real-'))
  const [home, project, ran] = [join(folder, 'home'), join(folder, 'project'), join(folder, 'ran')]
  for (const one of [home, project]) mkdirSync(one)
  const model = await startModelServer(`touch ${ran}`)
  const { command, env } = real.prepare(home, project, model.url)
  onTestFinished(async () => {
    await model.close()
    endProcessesOf(folder)
    await until(() => attempt(() => rmSync(folder, { recursive: true, force: true })) || undefined, 'its end')
  })
  const exports = Object.entries(env).map(([name, value]) => `export ${name}='${value}'`)
  const program = basename(command[0] ?? '')
  const script = [`cd '${project}'`, ...exports, `exec ${command.join(' ')}`].join('\n')
  const agent = await openPlain(terminal, { own: { program, script } })
  const arrives = async (text: string) => {
    await agent.becomes(await agent.send(text), 'delivered')
    await until(() => model.prompts().some((one) => bare(one) === bare(text)) || undefined, text)
  }
  return { agent, model, arrives, ran, home }
}

/** What Claude Code says of itself: a window without a tree is only Waggle's to see. */
function saysOfItself(home: string, status: string): boolean {
  const sessions = join(home, '.claude', 'sessions')
  if (!existsSync(sessions)) return false
  return readdirSync(sessions).some((name) =>
    readFileSync(join(sessions, name), 'utf8').includes(`"${status}"`),
  )
}

const named = (...names: readonly string[]) => realAgents.filter(({ name }) => names.includes(name))
const isBroken = (text: string) => bare(text).includes(bare(WANTS_TOOL))
const kept = (all: readonly string[]) => all.filter((text) => !isBroken(text)).map(bare)
/** In this order and no other; the turn that its person breaks off, which arrived, is forgotten by Gemini CLI. */
const wanted = (on: Awaited<ReturnType<typeof open>>, texts: readonly string[]) =>
  expect(kept(on.model.prompts())).toEqual(kept(texts))

/** All that can go wrong in one window, one after the other. */
async function misbehave(on: Awaited<ReturnType<typeof open>>, asks: () => Promise<boolean> | boolean) {
  const { agent, model, arrives, ran } = on
  await arrives(`Now ${WANTS_TOOL}`)
  await until(async () => (await asks()) || undefined, 'its question')
  const id = await agent.send('1')
  await agent.becomes(id, 'agent-asks')
  expect(existsSync(ran)).toBe(false)
  agent.types('Escape')
  await agent.becomes(id, 'delivered')
  agent.types('half a thought')
  const other = await agent.send('the message')
  await agent.becomes(other, 'draft-present')
  agent.types('Return')
  await agent.becomes(other, 'delivered')
  await until(() => model.prompts().at(-1) === 'the message' || undefined, 'the message')
  expect(existsSync(ran)).toBe(false)
  return [`Now ${WANTS_TOOL}`, '1', 'half a thought', 'the message']
}

const texts = [
  'Please run the tests',
  '1',
  `a long line ${'and on '.repeat(90)}to its end`,
  'häßlich 日本語 \\',
]

describe.each(['xfce4-terminal', 'gnome-terminal'])('in a plain window of %s', (terminal) => {
  test.each(realAgents)(
    '$name gets its messages, is not answered for its person, and keeps its draft',
    async (real) => {
      const on = await open(terminal, real)
      for (const text of texts) await on.arrives(text)
      const asks = async () => /proceed|would you like|allow/i.test(await on.agent.screen())
      wanted(on, [...texts, ...(await misbehave(on, asks))])
    },
    120_000,
  )
})

// Not xterm, which cannot be started where only one user is known: it wants to give its terminal to a group.
describe.each(['st', 'alacritty'])('in a plain window of %s, which shows no tree', (terminal) => {
  test.each(named('Claude Code'))(
    '$name gets its messages once its prompt is empty, is not answered for its person, and keeps its draft',
    async (real) => {
      const on = await open(terminal, real)
      const says = (status: string) => saysOfItself(on.home, status)
      await until(() => says('idle') || undefined, 'its prompt')
      // Its words of advice go with the first prompt.
      on.agent.types('written by hand', 'Return')
      await until(() => on.model.prompts().length > 0 || undefined, 'the first prompt')
      for (const text of texts) await on.arrives(text)
      wanted(on, ['written by hand', ...texts, ...(await misbehave(on, () => says('waiting')))])
    },
    120_000,
  )
})
