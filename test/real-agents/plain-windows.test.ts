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
  // What its window shows is only Waggle's to see: by its own record it is known when it asks.
  const sessions = join(home, '.claude', 'sessions')
  const asks = () =>
    readdirSync(sessions).some((name) => readFileSync(join(sessions, name), 'utf8').includes('"waiting"'))
  return { agent, model, arrives, asks, ran }
}

describe.each(['xfce4-terminal', 'gnome-terminal'])('in a plain window of %s', (terminal) => {
  test.each(realAgents.filter(({ name }) => name === 'Claude Code'))(
    '$name gets its messages, is not answered for its person, and keeps its draft',
    async (real) => {
      const { agent, model, arrives, asks, ran } = await open(terminal, real)
      const texts = [
        'Please run the tests',
        '1',
        `a long line ${'and on '.repeat(90)}to its end`,
        'häßlich 日本語 \\',
      ]
      for (const text of texts) await arrives(text)
      await arrives(`Now ${WANTS_TOOL}`)
      await until(() => asks() || undefined, 'its question')
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
      const asked = [...texts, `Now ${WANTS_TOOL}`, '1', 'half a thought', 'the message']
      expect(model.prompts().map(bare)).toEqual(asked.map(bare))
    },
    120_000,
  )
})
