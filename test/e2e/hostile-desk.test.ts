import { expect, test } from 'vitest'
import { seeded } from '../../demo/seeded'
import type { Agents, AgentSpec } from '../harness/agents'
import { startApp } from '../harness/app'
import { calibrate, openAgentsDesk, openPipe } from '../harness/desk'
import { faultsIn, hostileMail, pause, pick } from '../harness/hostile'
import { TypingPerson } from '../harness/typing-person'
import { xdotool } from '../harness/xdotool'

// Everything that goes wrong on a desk, at once. The windows' log is the truth. HOSTILE_SEED replays a run.

const SENDERS = 16
/** Three hundred take half of the gate's time: HOSTILE_MESSAGES=300 tries them. */
const MESSAGES = Number(process.env['HOSTILE_MESSAGES'] ?? 40)
const seed = Number(process.env['HOSTILE_SEED'] ?? 20_261_123)
/** What a person left in these inputs; it must stand there again in the end. */
const drafts = { 'Agent-2': 'half a\nthought', 'Agent-5': 'a question' }

const specs: readonly AgentSpec[] = [
  { name: 'Agent-1', rect: { x: 10, y: 30, width: 300, height: 300 } },
  { name: 'Agent-2', rect: { x: 330, y: 30, width: 300, height: 300 }, kind: 'contenteditable' },
  { name: 'Agent-3', rect: { x: 650, y: 30, width: 300, height: 300 }, stallMs: 180 },
  { name: 'Agent-4', rect: { x: 10, y: 400, width: 300, height: 300 }, kind: 'contenteditable' },
  // These two lie over each other.
  { name: 'Agent-5', rect: { x: 330, y: 400, width: 300, height: 300 } },
  { name: 'Agent-6', rect: { x: 400, y: 440, width: 300, height: 300 } },
  // Of another size: a click at the same place of two windows of one program is a double click to Chromium.
  { name: 'Mine', rect: { x: 900, y: 420, width: 240, height: 250 } },
]
const names = specs.map(({ name }) => name).filter((name) => name !== 'Mine')

interface Desk {
  readonly agents: Agents
  readonly random: () => number
  readonly person: TypingPerson
}

/** One thing that happens to the desk; resolves when it has. */
const mischief: readonly ((desk: Desk) => Promise<void>)[] = [
  async (desk) => {
    const [x, y] = [Math.floor(desk.random() * 700), 30 + Math.floor(desk.random() * 380)]
    await desk.agents.move(pick(desk.random, names), { x, y })
  },
  async (desk) => desk.agents.focus(pick(desk.random, specs).name),
  async (desk) => {
    await desk.agents.thief(350)
    await pause(1500)
    await desk.agents.thief(0)
  },
  async (desk) => {
    const name = pick(desk.random, names)
    await desk.agents.dialog(name, true)
    await pause(1200)
    await desk.agents.dialog(name, false)
  },
  async ({ person }) => person.type('abc'),
  async () => void xdotool('mousemove_relative', '--', 40, -25),
]

test(`${MESSAGES} messages of 16 senders to a hostile desk: each arrives once, whole, at its agent, and nothing else does`, async () => {
  const random = seeded(seed)
  const env = { WAGGLE_LOG: process.env['HOSTILE_LOG'] }
  const opened = await openAgentsDesk(startApp, {
    agents: specs,
    // As people have it who let Waggle read: by copying alone, this desk takes many times as long.
    accessibility: true,
    args: ['--hidden'],
    env,
  })
  const { agents, waggle, pipe } = opened
  // Hands that rest for a moment are enough here, or the test takes an hour.
  await pipe.call('settings.set', { changes: { presence: { idleMs: 300 } } })
  for (const name of names) await calibrate(opened, name)
  for (const [name, text] of Object.entries(drafts)) await agents.setDraft(name, text)
  const clients = await Promise.all(Array.from({ length: SENDERS }, async () => openPipe(waggle)))
  const sent = hostileMail(MESSAGES, { to: names, senders: SENDERS, random })
  await Promise.all(sent.map(async (one, index) => clients[index % SENDERS]?.call('message.send', one)))
  const person = new TypingPerson({
    title: 'Mine: chat',
    input: async () => (await agents.window('Mine')).input,
    focus: async () => agents.focus('Mine'),
    text: async () => agents.readInput('Mine'),
  })
  const desk: Desk = { agents, random, person }
  const end = performance.now() + 400_000
  const left = async () => {
    const { states } = await pipe.call('stats.get', {})
    return performance.now() > end ? 0 : states.queued + states.delivering
  }
  for (let before = await left(); before > 0; before = await left()) {
    await pick(random, mischief)(desk)
    await pause(300)
    // A slow machine gets as little done in between as a fast one, but not next to nothing.
    for (let waits = 0; waits < 7 && (await left()) === before; waits++) await pause(100)
  }
  const report = `seed ${seed}\n${waggle.output()}`
  const { messages } = await pipe.call('message.list', { limit: 1000 })
  const undelivered = messages.filter(({ state }) => state !== 'delivered')
  expect(
    undelivered.map(({ to, state, failure }) => `${to} ${state} ${failure?.message}`),
    report,
  ).toEqual([])
  expect(faultsIn(sent, messages, agents.submissions()), report).toEqual([])
  expect(agents.answers(), report).toEqual([])
  for (const name of names) {
    const left = Object.entries(drafts).find(([of]) => of === name)?.[1] ?? ''
    // A slow window has the last keys still to handle.
    await expect
      .poll(() => agents.readInput(name), { message: `${name} ${report}`, timeout: 5000 })
      .toBe(left)
  }
  const { shown, typed } = await person.compare()
  expect(shown).toBe(typed)
}, 480_000)
