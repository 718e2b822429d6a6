import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import {
  AgentLog,
  ask,
  endAll,
  ended,
  send,
  until,
  type Place,
  type TerminalAgent,
  type WaysServer,
} from '../process/terminals'
import type { RealAgent } from './agents'
import { attempt, endProcessesOf } from './end-processes'
import { startModelServer, type ModelServer } from './model-server'

export interface Stage {
  readonly server: WaysServer
  readonly agent: TerminalAgent
  readonly model: ModelServer
  readonly home: string
  /** There once the agent has run the command that it is to ask about. */
  readonly ran: string
}

/** Starts a real agent there against a model server of its own; `after` is what the shell does that has started it. */
export async function openStage(
  server: WaysServer,
  place: Place,
  real: RealAgent,
  after = 'exit',
): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'waggle-real-'))
  const [home, project, ran] = ['home', 'project', 'ran'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  mkdirSync(home)
  mkdirSync(project)
  const model = await startModelServer(`touch ${ran}`)
  const { command, env } = real.prepare(home, project, model.url)
  const exports = Object.entries(env).map(([name, value]) => `export ${name}='${value}'`)
  // A Ctrl+C while the agent ends is the shell's, too.
  const script = ['trap : INT', `cd ${project}`, ...exports, command.join(' '), after].join('\n')
  const agent = await place.startShell(server, new AgentLog(), script)
  onTestFinished(async () => {
    endAll()
    await model.close()
    endProcessesOf(folder)
    // An agent that ends writes to its home for a while.
    await until(() => attempt(() => rmSync(folder, { recursive: true, force: true })))
  })
  return { server, agent, model, home, ran }
}

/** Says what there is to know of a failure, while its terminal is still there. */
export async function tellOf({ server, agent, model }: Stage): Promise<void> {
  const { messages } = await ask(server, 'message.list', { to: agent.name, limit: 3 })
  const asked = JSON.stringify(model.prompts(), undefined, 1).slice(-1500)
  const lines = [
    `The model was asked: ${asked}`,
    JSON.stringify(messages, undefined, 1),
    await agent.screen(),
  ]
  process.stderr.write(`${lines.join('\n')}\n`)
}

export const bare = (text: string) => text.replaceAll(/\s+/g, '')
/** How often the model was asked exactly this. */
export const askedFor = ({ model }: Stage, text: string) =>
  model.prompts().filter((one) => bare(one) === bare(text)).length

/** Sends a message and sees it arrive once. */
export async function arrives(on: Stage, text: string): Promise<void> {
  const { server } = on
  const sent = await ended(server, await send(server, on.agent.name, text))
  expect(sent).toMatchObject({ state: 'delivered', proof: 'prompt' })
  await until(() => askedFor(on, text) > 0).catch(() => {
    throw new Error(`the model was never asked: ${text.slice(0, 60)}`)
  })
  expect(askedFor(on, text)).toBe(1)
}
