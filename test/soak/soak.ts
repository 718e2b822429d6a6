import { mkdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientIds } from 'x11'
import { seeded } from '../../demo/seeded'
import { isFinal, type Message } from '../../src/contract/message'
import type { X11Connection } from '../../src/main/desktop/x11/connection'
import { startApp, type RunningApp } from '../harness/app'
import { pause, type Sent } from '../harness/hostile'
import { openPipeClient, type PipeClient } from '../harness/pipe-client'
import { xdotool } from '../harness/xdotool'
import { tmuxEnv } from '../process/terminals'
import type { Place } from './places'
import type { Windows } from './windows'

const LOCAL_CLIENT_PID = 2
/** What waits for a person at the agent does so for good: after so long one comes. */
const PERSON_COMES_MS = 15_000
/** Most deliveries are over in this time. */
const DELIVERY_MS = 2000
/** What waits for a person who takes out, or sends, what stands in the prompt. */
const forPerson = ['agent-starting', 'earlier-paste', 'draft-present']

export interface SoakDesk {
  readonly home: string
  readonly windows: Windows
  readonly places: readonly Place[]
  readonly x: X11Connection
  readonly seed: number
}

/** Waggle, which comes and goes, and whoever sends by it. */
export class Soak {
  readonly desk: SoakDesk
  readonly random: () => number
  readonly tally = { kills: 0, connections: 0, locks: 0, doubts: 0, clearings: 0 }
  /** Each message in doubt, with its reason and what was true. */
  readonly doubts: string[] = []
  /** From the start of the process until its pipe listens, in ms. */
  readonly starts: number[] = []
  readonly #stuckSince = new Map<string, number>()
  app: RunningApp | undefined
  #pipe: PipeClient | undefined

  constructor(desk: SoakDesk) {
    this.desk = desk
    this.random = seeded(desk.seed)
  }

  async start(): Promise<void> {
    const { home, places } = this.desk
    const from = performance.now()
    const env = { TMUX: '', TMUX_TMPDIR: tmuxEnv.TMUX_TMPDIR }
    this.app = await startApp({ home, args: ['--hidden'], env })
    this.starts.push(performance.now() - from)
    this.#pipe = await openPipeClient(this.app.endpoint)
    // The settings outlive a kill.
    if (this.starts.length > 1) return
    await this.#pipe.call('settings.set', { changes: { presence: { idleMs: 200, urgentIdleMs: 200 } } })
    for (const place of places) await place.introduce(this.#pipe)
  }

  async kill(): Promise<void> {
    this.tally.kills += 1
    await this.app?.kill()
    this.#pipe?.close()
    await this.start()
  }

  async stop(): Promise<void> {
    this.#pipe?.close()
    await this.app?.stop()
  }

  /** Each is sent until Waggle has said that it is safe; by its key it is the same message then. */
  async send(sent: readonly Sent[], from: number): Promise<void> {
    for (const [index, one] of sent.entries())
      await this.#call((pipe) => pipe.call('message.send', { ...one, key: `soak ${from + index}` }))
  }

  /** The connection by which it acts: that of the clipboard, where that is its own. */
  async endConnection(): Promise<void> {
    const { x } = this.desk
    const owner = await x.ask<number>((done) => x.client.GetSelectionOwner(x.atom('CLIPBOARD'), done))
    if (owner === 0 || (await clientPid(x, owner)) !== this.app?.process.pid) return
    this.tally.connections += 1
    x.client.KillClient(owner)
  }

  /** Another program takes the desktop between two deliveries and keeps it for a while. */
  async takeLock(): Promise<void> {
    const lock = join(this.desk.home, 'desktop.lock')
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
    for (const { id, to, text, failure } of messages) {
      const place = this.#place(to)
      if (!(await this.#clear(place))) continue
      this.tally.doubts += 1
      const isThere = place.arrived().includes(text)
      const truth = isThere ? 'it has arrived' : 'it has not arrived'
      this.doubts.push(`${to}, ${text.split(' ')[0]}, ${truth}: ${failure?.code}, ${failure?.message}`)
      await this.#call((pipe) =>
        pipe.call('message.resolve', { id, as: isThere ? 'delivered' : 'failed' }),
      ).catch(() => undefined)
    }
    await this.#helpStuck()
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

  async open(): Promise<Message[]> {
    return (await this.messages()).filter(({ state }) => !isFinal(state) || state === 'in-doubt')
  }

  /** How far it is, and what those that wait are waiting for. */
  async report(open: readonly Message[]): Promise<string> {
    const { perAgent } = await this.#call((pipe) => pipe.call('queue.status', {}))
    const waits = Object.entries(perAgent).map(
      ([name, { depth, waitingFor }]) =>
        `${name} ${depth}${waitingFor ? `: ${waitingFor.code}, ${waitingFor.message}` : ''}`,
    )
    const doing = open.filter(({ state }) => state === 'delivering').map(({ to }) => `delivering to ${to}`)
    const seconds = Math.round(performance.now() / 1000)
    const head = `${seconds} s: ${this.arrived().length} arrived, ${open.length} open, ${JSON.stringify(this.tally)}`
    return [head, ...waits, ...doing].join('\n  ')
  }

  /** What is known of a message of which Waggle has said what is not so: its tries, and what its window told meanwhile. */
  async explain(agent: string, text: string): Promise<string> {
    const message = (await this.messages()).find((one) => one.to === agent && one.text === text)
    const detail = message && (await this.#call((pipe) => pipe.call('message.get', { id: message.id })))
    const [from, until] = [detail?.attempts.at(0)?.start, detail?.finishedAt].map((at) =>
      Date.parse(at ?? ''),
    )
    const told = this.desk.windows
      .told(agent)
      .filter(({ at }) => at > (from ?? 0) - 3000 && at < (until ?? 0) + 10_000)
      .map((one) => JSON.stringify(one).slice(0, 200))
    return [JSON.stringify({ ...detail, text: '' }), ...told].join('\n  ')
  }

  arrived(): { agent: string; text: string }[] {
    return this.desk.places.flatMap((place) => place.arrived().map((text) => ({ agent: place.name, text })))
  }

  /** A prompt in which a paste stands that a killed Waggle has left is one that its person sees to. */
  async #helpStuck(): Promise<void> {
    const { perAgent } = await this.#call((pipe) => pipe.call('queue.status', {}))
    const now = performance.now()
    for (const place of this.desk.places) {
      const { name } = place
      if (!forPerson.includes(perAgent[name]?.waitingFor?.code ?? '')) this.#stuckSince.delete(name)
      else if (!this.#stuckSince.has(name)) this.#stuckSince.set(name, now)
      else if (now - (this.#stuckSince.get(name) ?? now) > PERSON_COMES_MS) {
        if (!(await this.#clear(place))) continue
        this.tally.clearings += 1
        this.#stuckSince.delete(name)
      }
    }
  }

  /**
   * As a person, by hand: takes out what stands there, unless a message is being delivered there: nobody can tell one that is
   * taken out between its submit key and its program's look at that key from one that was submitted. False where it cannot
   * be done now.
   */
  async #clear({ name, clear }: Place): Promise<boolean> {
    await this.#call((pipe) => pipe.call('queue.pause', { agent: name }))
    try {
      const isFree = async () => {
        const { messages } = await this.#call((pipe) =>
          pipe.call('message.list', { states: ['delivering'], to: name }),
        )
        return messages.length === 0
      }
      const end = performance.now() + DELIVERY_MS
      while (!(await isFree())) {
        if (performance.now() > end) return false
        await pause(20)
      }
      // A text that goes without a hand on mouse or keyboard was sent by a submit key pressed before: Waggle says so then.
      xdotool('mousemove_relative', '--', 3, 2)
      await clear()
      return true
    } finally {
      await this.#call((pipe) => pipe.call('queue.resume', { agent: name }))
    }
  }

  #place(name: string): Place {
    const place = this.desk.places.find((one) => one.name === name)
    if (!place) throw new Error(`there is no agent ${name}`)
    return place
  }

  async #call<T>(ask: (pipe: PipeClient) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        if (!this.#pipe) throw new Error('there is no Waggle yet')
        return await ask(this.#pipe)
      } catch (error) {
        if (tries >= 50) throw error
        await pause(100)
      }
    }
  }
}

/** The process behind a window, by the X server. */
export async function clientPid(x: X11Connection, window: number): Promise<number | undefined> {
  const resources = await x.ask<ClientIds>((done) => x.client.require('res', done))
  const ids = await x.ask<{ mask: number; value: number[] }[]>((done) =>
    resources.QueryClientIds([{ client: window, mask: LOCAL_CLIENT_PID }], done),
  )
  return ids.find(({ mask }) => mask === LOCAL_CLIENT_PID)?.value[0]
}
