import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Peek } from '../../inputs/page/types'
import type { ClosedWindow, OpenWindow } from '../agents'
import type { HostedSpec, InputHost } from './input-host'
import { startProgram, type OwnProgram } from './own-program'
import { windowCommand, type WindowParams } from './window-command'
import { openEach, type OwnWindow } from './window-set'
import { until, windowTitled, type XWindow } from './x-window'

type Editor = 'mousepad' | 'kwrite'

/** How long an editor may take to save. */
const SAVED_MS = 15_000

/** What keeps each from a window it shares, and its file as it was written. */
const editors: Readonly<Record<Editor, readonly string[]>> = {
  mousepad: ['--disable-server'],
  kwrite: [],
}

/** Kate's own habits at saving: a newline at the end, spaces at the ends of lines taken away. */
const kateSettings = `[KTextEditor Document]
Newline at End of File=false
Remove Spaces=0
`

/** Text editors: Enter makes a line, so nothing is ever submitted; what one holds is the file it saves. */
export async function startEditorHost(
  editor: Editor,
  specs: readonly HostedSpec[],
  env: NodeJS.ProcessEnv,
): Promise<InputHost> {
  const folder = mkdtempSync(join(tmpdir(), 'editors-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  try {
    const host = await openEach(specs, (spec) => new EditorWindow(editor, spec, env, folder))
    return { ...host, stop: async () => host.stop().then(remove) }
  } catch (error) {
    remove()
    throw error
  }
}

class EditorWindow implements OwnWindow {
  readonly #editor
  readonly #spec
  readonly #env
  readonly #file
  #running: { program: OwnProgram; window?: XWindow } | undefined

  constructor(editor: Editor, spec: HostedSpec, env: NodeJS.ProcessEnv, folder: string) {
    this.#editor = editor
    this.#spec = spec
    const home = join(folder, spec.name)
    this.#file = join(home, `${spec.name}.txt`)
    const config = join(home, 'config')
    mkdirSync(config, { recursive: true })
    for (const name of ['kwriterc', 'katerc']) writeFileSync(join(config, name), kateSettings)
    this.#env = { ...env, HOME: home, XDG_CONFIG_HOME: config, XDG_DATA_HOME: join(home, 'data') }
    writeFileSync(this.#file, '')
  }

  async open(): Promise<void> {
    const program = startProgram(this.#editor, [...editors[this.#editor], this.#file], this.#env)
    this.#running = { program }
    const window = await windowTitled(`${this.#spec.name}.txt`, this.#env)
    this.#running = { program, window }
    await window.move(this.#spec.rect)
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
    const rect = await window.rect()
    const input: [number, number] = [
      Math.round(rect.x + rect.width / 2),
      Math.round(rect.y + (rect.height * 2) / 3),
    ]
    return { name, title: await window.title(), open: true, rect, input }
  }

  async ask(command: string, params: WindowParams & { readonly text?: string }): Promise<unknown> {
    const window = this.#running?.window
    if (!window) throw new Error(`the window of ${this.#spec.name} is closed`)
    const done = windowCommand(window, command, params)
    if (done) return done
    switch (command) {
      case 'peek':
        return this.#peek(window)
      case 'setDraft':
        return this.#startWith(params.text ?? '')
      case 'reset':
        return this.#startWith('')
      case 'setRichDraft':
        return false
      default:
        throw new Error(`${this.#editor} cannot ${command}`)
    }
  }

  /** Saves, if the title says that there is anything to save. */
  async #peek(window: XWindow): Promise<Peek> {
    const changed = async (): Promise<boolean> => (await window.title()).includes('*')
    if (await changed()) {
      await window.press('ctrl+s')
      const saved = await until(SAVED_MS, async () => !(await changed()) || undefined)
      if (!saved) throw new Error(`${this.#editor} did not save ${this.#spec.name}`)
    }
    const text = readFileSync(this.#file, 'utf8')
    const focused = await window.active()
    return { text, document: { text }, chips: [], focused, list: false, search: '' }
  }

  async #startWith(text: string): Promise<void> {
    await this.close()
    writeFileSync(this.#file, text)
    await this.open()
  }
}
