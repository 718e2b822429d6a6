import { mkdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ClientIds } from 'x11'
import { seeded } from '../../demo/seeded'
import { isFinal, type Message } from '../../src/contract/message'
import { connectX11, type X11Connection } from '../../src/main/desktop/x11/connection'
import { startApp, type RunningApp } from '../harness/app'
import { forThisTest, homeForThisTest } from '../harness/desk'
import { faultsIn, hostileMail, pause, pick, realInputs, type Sent } from '../harness/hostile'
import { startInputs, type Inputs } from '../harness/inputs'
import { openPipeClient, type PipeClient } from '../harness/pipe-client'
import { xdotool } from '../harness/xdotool'

// By `npm run soak`: the hostile desk over the inputs that agents really have, with an app that is killed, loses its
// connection to the X server, and finds the desktop taken by others. Each editor's own document at its own Enter is the truth.

const number = (name: string, otherwise: number) => Number(process.env[`SOAK_${name}`] ?? otherwise)
const [count, senders, kills] = [number('MESSAGES', 1000), number('SENDERS', 16), number('KILLS', 20)]
const seed = number('SEED', 20_261_128)

const LOCAL_CLIENT_PID = 2
const names = realInputs.map(({ name }) => name)

/** Waggle, which comes and goes, and whoever sends by it. */
class Soak {
  readonly home = homeForThisTest()
  readonly inputs: Inputs
  readonly x: X11Connection
  readonly random = seeded(seed)
  readonly tally = { kills: 0, connections: 0, locks: 0, doubts: 0 }
  app: RunningApp | undefined
  pipe: PipeClient | undefined

  constructor(inputs: Inputs, x: X11Connection) {
    this.inputs = inputs
    this.x = x
  }

  async start(): Promise<void> {
    this.app = await startApp({ home: this.home, args: ['--hidden'] })
    this.pipe = await openPipeClient(this.app.endpoint)
  }

  async kill(): Promise<void> {
    this.tally.kills += 1
    await this.app?.kill()
    this.pipe?.close()
    await this.start()
  }

  /** Each is sent until Waggle has said that it is safe; by its key it is the same message then. */
  async send(sent: readonly Sent[], from: number): Promise<void> {
    for (const [index, one] of sent.entries())
      await this.#call((pipe) => pipe.call('message.send', { ...one, key: `soak ${from + index}` }))
  }

  /** The connection by which it acts: that of the clipboard, where that is its own. */
  async endConnection(): Promise<void> {
    const { x, app } = this
    const owner = await x.ask<number>((done) => x.client.GetSelectionOwner(x.atom('CLIPBOARD'), done))
    if (owner === 0 || (await pidOf(x, owner)) !== app?.process.pid) return
    this.tally.connections += 1
    x.client.KillClient(owner)
  }

  /** Another program takes the desktop between two deliveries and keeps it for a while. */
  async takeLock(): Promise<void> {
    const lock = join(this.home, 'desktop.lock')
    const end = performance.now() + 2000
    while (performance.now() < end) {
      try {
        mkdirSync(lock)
      } catch {
        await pause(5)
        continue
      }
      this.tally.locks += 1
      await pause(1500)
      rmdirSync(lock)
      return
    }
  }

  /** What a person does who looks: says what became of a message in doubt, and takes out what was left of it. */
  async settle(): Promise<void> {
    const { messages } = await this.#call((pipe) =>
      pipe.call('message.list', { states: ['in-doubt'], limit: 1000 }),
    )
    for (const { id, to, text } of messages) {
      this.tally.doubts += 1
      const isThere = this.inputs.submissions().some((one) => one.agent === to && one.text === text)
      const stands = (await this.inputs.peek(to)).text
      if (stands !== '') await this.inputs.setDraft(to, '')
      await this.#call((pipe) =>
        pipe.call('message.resolve', { id, as: isThere ? 'delivered' : 'failed' }),
      ).catch(() => undefined)
    }
  }

  async messages(): Promise<Message[]> {
    const all: Message[] = []
    for (let before: string | undefined; ;) {
      const page = await this.#call((pipe) =>
        pipe.call('message.list', { limit: 1000, ...(before !== undefined && { before }) }),
      )
      all.push(...page.messages)
      if (page.next === undefined) return all
      before = page.next
    }
  }

  /** How far it is, and what those that wait are waiting for. */
  async report(open: readonly Message[]): Promise<string> {
    const { perAgent } = await this.#call((pipe) => pipe.call('queue.status', {}))
    const waits = Object.entries(perAgent).map(([name, one]) => `${name} ${JSON.stringify(one)}`)
    const arrived = this.inputs.submissions().length
    return [
      `${Math.round(performance.now() / 1000)} s: ${arrived} arrived, ${open.length} open, ${JSON.stringify(this.tally)}`,
      ...waits,
    ].join('\n  ')
  }

  async #call<T>(ask: (pipe: PipeClient) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        if (!this.pipe) throw new Error('there is no Waggle yet')
        return await ask(this.pipe)
      } catch (error) {
        if (tries >= 50) throw error
        await pause(100)
      }
    }
  }
}

async function pidOf(x: X11Connection, window: number): Promise<number | undefined> {
  const resources = await x.ask<ClientIds>((done) => x.client.require('res', done))
  const ids = await x.ask<{ mask: number; value: number[] }[]>((done) =>
    resources.QueryClientIds([{ client: window, mask: LOCAL_CLIENT_PID }], done),
  )
  return ids.find(({ mask }) => mask === LOCAL_CLIENT_PID)?.value[0]
}

const mischief: readonly ((soak: Soak) => Promise<void>)[] = [
  async ({ inputs, random }) => {
    const [left, top] = [Math.floor(random() * 700), 30 + Math.floor(random() * 380)]
    await inputs.move(pick(random, names), { x: left, y: top })
  },
  async ({ inputs, random }) => inputs.focus(pick(random, names)),
  async ({ inputs, random }) => inputs.focusSearch(pick(random, names)),
  async ({ inputs, random }) => {
    const name = pick(random, names)
    await inputs.dialog(name, true)
    await pause(900)
    await inputs.dialog(name, false)
  },
  async ({ inputs, random }) => {
    const name = pick(random, names)
    await inputs.busy(name, true)
    await pause(1000)
    await inputs.busy(name, false)
  },
  async () => void xdotool('mousemove_relative', '--', 40, -25),
  async (soak) => soak.takeLock(),
  async (soak) => soak.endConnection(),
]

async function introduce(soak: Soak): Promise<void> {
  await soak.start()
  const { pipe, inputs } = soak
  await pipe?.call('settings.set', { changes: { presence: { idleMs: 200, urgentIdleMs: 200 } } })
  for (const name of names) {
    const { input } = await inputs.window(name)
    await pipe?.call('agent.set', { name, at: input, window: `^${name}: chat\\b` })
  }
}

test(`${count} messages of ${senders} senders, ${kills} kills: nothing is lost, typed twice, mixed up or said falsely`, async () => {
  const inputs = await forThisTest(startInputs({ windows: realInputs, accessibility: true }), async (one) =>
    one.stop(),
  )
  const x = await forThisTest(connectX11(process.env['DISPLAY'] ?? ''), (one) => one.close())
  const soak = new Soak(inputs, x)
  await introduce(soak)
  const sent = hostileMail(count, { to: names, senders, random: soak.random })
  const lot = Math.max(1, Math.ceil(count / Math.max(1, kills)))
  for (let from = 0; from < count; from += lot) {
    await soak.send(sent.slice(from, from + lot), from)
    await rest(soak, from + lot < count ? lot : 0)
    if (soak.tally.kills < kills) {
      await pause(soak.random() * 1500)
      await soak.kill()
    }
  }
  await rest(soak, 0)
  const messages = await soak.messages()
  process.stdout.write(
    `seed ${seed}: ${JSON.stringify({ sent: sent.length, arrived: inputs.submissions().length, ...soak.tally })}\n`,
  )
  expect(faultsIn(sent, messages, inputs.submissions())).toEqual([])
  expect(inputs.answers()).toEqual([])
  await soak.app?.stop()
}, 7_200_000)

/** Makes mischief until no more than so many wait. */
async function rest(soak: Soak, most: number): Promise<void> {
  for (let told = performance.now(); ;) {
    await soak.settle()
    const open = (await soak.messages()).filter(({ state }) => !isFinal(state) || state === 'in-doubt')
    if (open.length <= most) return
    if (performance.now() - told > 20_000) {
      told = performance.now()
      process.stdout.write(`${await soak.report(open)}\n`)
    }
    await pick(soak.random, mischief)(soak)
    await pause(300)
  }
}
