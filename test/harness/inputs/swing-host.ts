import { createInterface } from 'node:readline'
import type { Said } from '../../inputs/page/types'
import type { ClosedWindow, OpenWindow } from '../agents'
import type { HostedSpec, InputHost } from './input-host'
import { startProgram, type OwnProgram } from './own-program'
import { windowCommand, type WindowParams } from './window-command'
import { openEach, type OwnWindow } from './window-set'
import { until, windowTitled, type XWindow } from './x-window'

const LAID_OUT_MS = 15_000

type Told = (agent: string, said: Said) => void

/** Each window is a Java program of its own. */
export async function startSwingHost(
  specs: readonly HostedSpec[],
  said: Told,
  env: NodeJS.ProcessEnv,
): Promise<InputHost> {
  return openEach(specs, (spec) => new SwingWindow(spec, said, env))
}

class SwingWindow implements OwnWindow {
  readonly #spec
  readonly #said
  readonly #env
  readonly #waiting = new Map<number, (result: unknown) => void>()
  #asked = 0
  #running: { program: OwnProgram; window?: XWindow } | undefined

  constructor(spec: HostedSpec, said: Told, env: NodeJS.ProcessEnv) {
    this.#spec = spec
    this.#said = said
    this.#env = env
  }

  async open(): Promise<void> {
    const { name, title, rect } = this.#spec
    const program = startProgram('java', ['test/inputs/SwingInput.java', title], this.#env)
    this.#running = { program }
    createInterface({ input: program.stdout }).on('line', (text) => {
      const line = JSON.parse(text) as { said: Said } | { said?: never; id: number; result: unknown }
      if (line.said) return this.#said(name, line.said)
      this.#waiting.get(line.id)?.(line.result)
      this.#waiting.delete(line.id)
    })
    const window = await windowTitled(title, this.#env)
    this.#running = { program, window }
    await window.move(rect)
  }

  async close(): Promise<void> {
    const running = this.#running
    this.#running = undefined
    await running?.program.stop()
  }

  async describe(): Promise<OpenWindow | ClosedWindow> {
    const { name, title } = this.#spec
    const window = this.#running?.window
    if (!window) return { name, title, open: false }
    // Java learns of its new size later than we do; what it says of its place on the screen may be wrong for longer.
    const place = await until(LAID_OUT_MS, async () => {
      const rect = await window.rect()
      const [x, y, width, height] = (await this.#question('place')) as [number, number, number, number]
      const input: [number, number] = [rect.x + x, rect.y + y]
      return width === rect.width && height === rect.height ? { rect, input } : undefined
    })
    if (!place) throw new Error(`the window of ${name} does not come to rest`)
    return { name, title: await window.title(), open: true, ...place }
  }

  async ask(
    command: string,
    params: WindowParams & { readonly text?: string; readonly on?: boolean },
  ): Promise<unknown> {
    const window = this.#running?.window
    if (!window) throw new Error(`the window of ${this.#spec.name} is closed`)
    const done = windowCommand(window, command, params)
    if (done) return done
    switch (command) {
      case 'peek': {
        const text = (await this.#question('text')) as string
        const focused = (await this.#question('focused')) as boolean
        return { text, document: { text }, chips: [], focused, list: false, search: '' }
      }
      case 'selection':
        return this.#question('selection')
      case 'setDraft':
        return this.#question('draft', params.text)
      case 'reset':
        await this.#question('busy', 'false')
        return this.#question('draft', '')
      case 'setRichDraft':
        return false
      case 'busy':
        return this.#question('busy', String(params.on))
      default:
        throw new Error(`a Swing window cannot ${command}`)
    }
  }

  async #question(command: string, given = ''): Promise<unknown> {
    return new Promise((resolve) => {
      const id = (this.#asked += 1)
      this.#waiting.set(id, resolve)
      this.#running?.program.stdin.write(`${id} ${command} ${Buffer.from(given).toString('base64')}\n`)
    })
  }
}
