import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll } from 'vitest'
import type { Message } from '../../src/contract/message'
import type { Params } from '../../src/contract/operations'
import { startApp, type RunningApp } from '../harness/app'
import { temporaryHome } from '../harness/home'
import { startInputs, type Inputs, type InputSpec, type Page, type WidgetKind } from '../harness/inputs'
import { openPipeClient, type PipeClient } from '../harness/pipe-client'

export type LookedAtBy = 'tree' | 'copy'

/** One Waggle beside all the windows, for all the tests of a file or a `describe`. */
export interface MatrixDesk {
  readonly inputs: Inputs
  readonly waggle: RunningApp
  readonly pipe: PipeClient
  /** A new chat in the window of that name, and an agent of that name set on it. */
  meet(name: string, variants?: Omit<Page, 'widget'>): Promise<Cell>
  /** An agent of that name set on the window, whatever stands in it. */
  set(name: string, over?: Omit<Params<'agent.set'>, 'name'>): Promise<Cell>
}

/** What a cell of the matrix is made of. */
export interface Cell {
  readonly name: string
  send(text: string, from?: string): Promise<string>
  get(id: string): Promise<Message>
  /** Once it is in a final state, or else waits for one of these reasons. */
  settled(id: string, reasons?: readonly string[], timeoutMs?: number): Promise<Message>
  /** What has arrived since the cell began. */
  arrived(): string[]
  /** How each of its messages ended or stands, in SPEC's words. */
  told(): Promise<string[]>
  /** Leaves nothing waiting. */
  end(): Promise<void>
}

/**
 * Starts everything before the first test of this file, or of the `describe` that it is called in, and ends it after the
 * last. A widget's name stands for a window of that name in Electron.
 */
export function matrixDesk(asked: readonly (WidgetKind | InputSpec)[], by: LookedAtBy): MatrixDesk {
  const windows: readonly InputSpec[] = asked.map((one) =>
    typeof one === 'string' ? { name: one, widget: one } : one,
  )
  const desk: { inputs?: Inputs; waggle?: RunningApp; pipe?: PipeClient } = {}
  const home = temporaryHome()
  beforeAll(async () => {
    desk.inputs = await startInputs({ windows, accessibility: by === 'tree' })
    desk.waggle = await startApp({
      home: home.path,
      args: ['--hidden'],
      env: { WAGGLE_LOG: process.env['MATRIX_LOG'] === undefined ? 'info' : 'debug' },
    })
    desk.pipe = await openPipeClient(desk.waggle.endpoint)
    await desk.pipe.call('settings.set', { changes: { presence: { idleMs: 100, urgentIdleMs: 100 } } })
  }, 120_000)
  afterAll(async () => {
    desk.pipe?.close()
    await desk.waggle?.stop()
    const log = process.env['MATRIX_LOG']
    if (log !== undefined) writeFileSync(log, desk.waggle?.output() ?? '')
    await desk.inputs?.stop()
    home.remove()
  })
  const set: MatrixDesk['set'] = async (name, over = {}) => {
    const { inputs, pipe } = { inputs: started(desk.inputs), pipe: started(desk.pipe) }
    const { input } = await inputs.window(name)
    await pipe.call('agent.set', { name, at: input, window: `^${name}: chat\\b`, ...over })
    return cell(name, inputs, pipe)
  }
  return {
    get inputs() {
      return started(desk.inputs)
    },
    get waggle() {
      return started(desk.waggle)
    },
    get pipe() {
      return started(desk.pipe)
    },
    async meet(name, variants = {}) {
      const { widget = 'textarea', ...spec } = windows.find((one) => one.name === name) ?? {}
      await started(desk.inputs).reset(name, { widget, ...spec, ...variants })
      return set(name)
    },
    set,
  }
}

function started<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('the desk has not been started')
  return one
}

function cell(name: string, inputs: Inputs, pipe: PipeClient): Cell {
  const before = inputs.submissions().length
  const sent: string[] = []
  const get = async (id: string): Promise<Message> => {
    const { attempts, ...message } = await pipe.call('message.get', { id })
    return { ...message, attempts: attempts.length }
  }
  return {
    name,
    get,
    async send(text, from = 'matrix') {
      const { messages } = await pipe.call('message.send', { to: name, text, from })
      const id = messages[0]?.id ?? ''
      sent.push(id)
      return id
    },
    // What was in the way once is tried ever more seldom: four times as long as the last try took, on a busy machine long.
    async settled(id, reasons = [], timeoutMs = 55_000) {
      const end = performance.now() + timeoutMs
      for (;;) {
        const message = await get(id)
        const isFinal = !['queued', 'delivering'].includes(message.state)
        if (isFinal || reasons.includes(message.failure?.code ?? '')) return message
        if (performance.now() > end) {
          const { code, message: why } = message.failure ?? {}
          throw new Error(`${name}: still ${message.state} (${code}: ${why})`)
        }
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    arrived: () =>
      inputs
        .submissions()
        .slice(before)
        .filter(({ agent }) => agent === name)
        .map(({ text }) => text),
    told: async () =>
      Promise.all(
        sent.map(async (id) => {
          const { state, failure } = await get(id)
          return failure ? `${state}: ${failure.code}` : state
        }),
      ),
    async end() {
      for (const id of sent) {
        const { state } = await get(id)
        if (state === 'in-doubt') await pipe.call('message.resolve', { id, as: 'failed' })
        if (state === 'queued') await pipe.call('message.cancel', { id }).catch(() => undefined)
        if (state === 'delivering')
          await pipe.call('message.wait', { id, timeoutMs: 15_000 }).catch(() => undefined)
      }
    },
  }
}
