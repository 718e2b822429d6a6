import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { projectRoot } from '../../scripts/lib/paths.mjs'
import type { Message } from '../../src/contract/message'
import { startApp, type RunningApp } from '../harness/app'
import { openPipeClient, type PipeClient } from '../harness/pipe-client'

/** What reached the agent is the truth, whatever its way is. */
export interface Target {
  readonly name: string
  /** All that was submitted to it, in order. */
  arrived(): readonly string[]
  /** As its person: takes out what stands in its input. */
  clear(): Promise<void>
  /** Looks, while nothing is delivered, at what must be as if nothing had happened. */
  check(): Promise<void>
  /** Makes it known to this app. */
  introduce(pipe: PipeClient): Promise<void>
}

interface Sent {
  readonly text: string
  /** Whether Waggle has said that it is safe. */
  readonly isAcknowledged: boolean
  /** Where the app was killed meanwhile. */
  readonly point: string
}

/** In this time every message that was under way has gone, or is in doubt. */
const REST_MS = 90_000
/** What comes a moment after a delivery comes later on a busy machine. */
const LATE_MS = 5000
const soon = { timeout: 30_000, interval: 10 }

/** The real app, killed at one point after the other in one home, and how each message fared. */
export class Killer {
  readonly #home: string
  readonly #target: Target
  readonly #env: Readonly<Record<string, string>>
  readonly #sent: Sent[] = []
  /** How many copies had arrived of those that ended in doubt. */
  readonly #doubtful = new Map<string, number>()
  /** From the start of the process until its pipe listens, in ms. */
  readonly starts: number[] = []

  constructor(home: string, target: Target, env: Readonly<Record<string, string>> = {}) {
    this.#home = home
    this.#target = target
    this.#env = env
  }

  /**
   * The points of one delivery and of a start: one of each kind, or every one. KILL_ONLY, a regular expression, leaves the
   * others out.
   */
  async points(which: 'kinds' | 'all' = process.env['SOAK'] === '1' ? 'all' : 'kinds'): Promise<string[]> {
    // What is done but once, and learnt, is none of a usual delivery's.
    await this.#profile()
    const points = await this.#profile()
    const only = new RegExp(process.env['KILL_ONLY'] ?? '')
    return changesIn(points, which).filter((point) => only.test(point))
  }

  /** Rejects where the app was not killed at one of them. */
  async killAtEach(points: readonly string[]): Promise<void> {
    const missed = []
    for (const point of points) if (!(await this.killAt(point))) missed.push(point)
    if (missed.length > 0) throw new Error(`never came there:\n${missed.join('\n')}`)
  }

  async #profile(): Promise<string[]> {
    const log = join(this.#home, '..', 'points')
    await this.#withApp({ KILL_LOG: log }, async (app, pipe) => this.#deliver(app, pipe, 'nowhere'))
    const points = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []
    rmSync(log, { force: true })
    return points
  }

  /** True if the app was killed there while it delivered a message, or while it started. */
  async killAt(point: string): Promise<boolean> {
    if (point.startsWith('start:')) return this.#killStart(point)
    // It may have come there with what the one before left behind, as soon as it was started.
    return this.#withApp({ KILL_AT: point }, async (app, pipe) => this.#deliver(app, pipe, point), true)
  }

  /** What is wrong, after a last start that nothing disturbs: empty if nothing is. */
  async faults(): Promise<string[]> {
    return this.#withApp({}, async (_, pipe) => {
      await this.#rest(pipe)
      const { messages } = await pipe.call('message.list', { limit: 1000 })
      const arrived = this.#target.arrived()
      const strays = arrived.filter((text) => !this.#sent.some((one) => one.text === text))
      const wrong = this.#sent.flatMap((sent) => this.#fault(sent, messages, arrived) ?? [])
      return [...strays.map((text) => `nobody sent “${text}”`), ...wrong]
    })
  }

  /** Where messages were in doubt. */
  doubts(): string[] {
    return this.#sent.flatMap(({ text, point }) => (this.#doubtful.has(text) ? point : []))
  }

  #fault({ text, isAcknowledged, point }: Sent, messages: readonly Message[], arrived: readonly string[]) {
    const message = messages.find((one) => one.text === text)
    const copies = arrived.filter((one) => one === text).length
    const what = `${point}: ${text} is ${message?.state ?? 'unknown'} and arrived ${copies} times`
    if (copies > 1) return what
    if (!message) return isAcknowledged || copies > 0 ? what : undefined
    const doubtful = this.#doubtful.has(text)
    return message.state === (copies === 1 ? 'delivered' : 'failed') && (copies === 1 || doubtful)
      ? undefined
      : what
  }

  /** True if the app was killed meanwhile. */
  async #deliver(app: RunningApp, pipe: PipeClient, point: string): Promise<boolean> {
    await this.#rest(pipe)
    const text = `message ${this.#sent.length}, killed on its way`
    const { name: to } = this.#target
    const isAcknowledged = await pipe.call('message.send', { to, text }).then(
      () => true,
      () => false,
    )
    this.#sent.push({ text, isAcknowledged, point })
    const isGone = () => app.process.signalCode === 'SIGKILL'
    await expect.poll(async () => isGone() || (await isAtRest(pipe)), soon).toBe(true)
    // What comes after the outcome belongs to it: the clipboard, the pointer, the lock, the words in the index.
    return isKilled(app, point === 'nowhere' ? 500 : LATE_MS)
  }

  /** Killed while it starts, with a message that waits. */
  async #killStart(point: string): Promise<boolean> {
    await this.#withApp({}, async (app, pipe) => {
      await this.#rest(pipe)
      await pipe.call('queue.pause', {})
      const text = `message ${this.#sent.length}, killed on its way`
      await pipe.call('message.send', { to: this.#target.name, text })
      this.#sent.push({ text, isAcknowledged: true, point })
      await pipe.call('queue.resume', {})
      await app.kill()
    })
    const options = { home: this.#home, args: ['--hidden'], folder: join(projectRoot, 'test', 'killing') }
    const starting = startApp({ ...options, env: { ...this.#env, KILL_AT: point } })
    return starting.then(
      async (app) => {
        const gone = expect.poll(() => app.process.signalCode, { timeout: 3000 }).toBe('SIGKILL')
        const isHit = await gone.then(
          () => true,
          () => false,
        )
        await app.kill()
        return isHit
      },
      (error: unknown) => String(error).includes('SIGKILL'),
    )
  }

  /** Waits until everything has ended, and settles what is in doubt as a person does who looks. */
  async #rest(pipe: PipeClient): Promise<void> {
    const end = performance.now() + REST_MS
    let isCleared = false
    for (;;) {
      if (performance.now() > end) throw new Error(`it does not come to rest: ${await waiting(pipe)}`)
      const { messages } = await pipe.call('message.list', { states: ['in-doubt'], limit: 1000 })
      for (const { id, text } of messages) {
        const copies = this.#target.arrived().filter((one) => one === text).length
        this.#doubtful.set(text, copies)
        await this.#target.clear()
        await pipe.call('message.resolve', { id, as: copies > 0 ? 'delivered' : 'failed' })
      }
      // Its prompt holds what the last app has pasted, and this one has never seen it empty: it says so, and waits.
      const { perAgent } = await pipe.call('queue.status', {})
      const isStuck = perAgent[this.#target.name]?.waitingFor?.code === 'agent-starting'
      if (isStuck && !isCleared) await this.#target.clear()
      isCleared ||= isStuck
      if (await isAtRest(pipe)) return this.#target.check()
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** What `use` gives, or `ifKilled` where that is given and the app was killed meanwhile. */
  async #withApp<T>(
    env: Record<string, string>,
    use: (app: RunningApp, pipe: PipeClient) => Promise<T>,
    ifKilled?: T,
  ): Promise<T> {
    const from = performance.now()
    const folder = join(projectRoot, 'test', 'killing')
    const app = await startApp({
      home: this.#home,
      args: ['--hidden'],
      folder,
      env: { ...this.#env, ...env },
    })
    this.starts.push(performance.now() - from)
    let pipe: PipeClient | undefined
    try {
      pipe = await openPipeClient(app.endpoint)
      await this.#target.introduce(pipe)
      return await use(app, pipe)
    } catch (error) {
      if (ifKilled !== undefined && (await isKilled(app, LATE_MS))) return ifKilled
      throw error
    } finally {
      pipe?.close()
      await app.kill()
    }
  }
}

/** What lies between the end of a change and the beginning of the next is the same moment. */
function changesIn(points: readonly string[], which: 'kinds' | 'all'): string[] {
  const kinds = new Map<string, string>()
  const up = points.findIndex((point) => point.startsWith('start: after renameSync /endpoint.json'))
  for (const [index, point] of points.entries()) {
    const kind = which === 'all' ? point : (point.split('#')[0] ?? '')
    const isOfNoStart = index > up && point.startsWith('start:')
    const isChange = !/: after |: before mkdirSync #/.test(point) && !isOfNoStart
    if (isChange && !kinds.has(kind)) kinds.set(kind, point)
  }
  return [...kinds.values()]
}

/** Within so many ms. */
async function isKilled({ process }: RunningApp, ms: number): Promise<boolean> {
  if (process.exitCode === null && process.signalCode === null)
    await Promise.race([once(process, 'exit'), new Promise((resolve) => setTimeout(resolve, ms))])
  return process.signalCode === 'SIGKILL'
}

async function waiting(pipe: PipeClient): Promise<string> {
  const { messages } = await pipe.call('message.list', { states: ['queued', 'delivering', 'in-doubt'] })
  return messages.map(({ text, state, failure }) => `${text} ${state} ${failure?.message}`).join('\n')
}

async function isAtRest(pipe: PipeClient): Promise<boolean> {
  try {
    const { states } = await pipe.call('stats.get', {})
    return states.queued + states.delivering + states['in-doubt'] === 0
  } catch {
    return false // it is ending this very moment
  }
}
