import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page, Peek, Variants, WidgetKind } from '../inputs/page/types'
import type { ClosedWindow, OpenWindow, Submission } from './agents'
import { switchTree } from './inputs/accessibility'
import { startBrowserHost } from './inputs/browser-host'
import { startEditorHost } from './inputs/editor-host'
import { startElectronHost } from './inputs/electron-host'
import type { HostedSpec, InputHost } from './inputs/input-host'
import { InputLog, type InputAnswer, type InputEvent } from './inputs/input-log'
import { startSwingHost } from './inputs/swing-host'
import { servePages, type Pages } from './inputs/pages'
import { tiles, type Rect } from './tiles'

export type { InputEvent } from './inputs/input-log'
export type { Page, Peek, Variants, WidgetKind } from '../inputs/page/types'

export type HostKind = 'electron' | 'chromium' | 'firefox' | 'mousepad' | 'kwrite' | 'swing'

export interface InputSpec extends Variants {
  readonly name: string
  /** Default `textarea`. */
  readonly widget?: WidgetKind
  /** Default `electron`. */
  readonly host?: HostKind
  /** Default `NAME: chat`. */
  readonly title?: string
  /**
   * The content's rectangle in physical pixels; default: a tile of 1280x800, so that none overlap. Browsers want a width
   * of 500, mousepad and kwrite one of 470: they refuse narrower tiles.
   */
  readonly rect?: Rect
}

export interface InputsOptions {
  readonly windows: readonly InputSpec[]
  readonly env?: NodeJS.ProcessEnv
  /** Whether the session's accessibility tree is on before the windows start, until `stop`. Default false. */
  readonly accessibility?: boolean
}

/** Windows with real inputs. Every method rejects when a window cannot do what was asked. */
export interface Inputs {
  /** The log file: what was submitted, answered and else went on, one JSON object a line. */
  readonly log: string
  windows(): Promise<(OpenWindow | ClosedWindow)[]>
  /** Rejects when it is closed. */
  window(name: string): Promise<OpenWindow>
  /** Moves and resizes the content's rectangle; resolves once the window stands still. */
  move(name: string, rect: Partial<Rect>): Promise<OpenWindow>
  close(name: string): Promise<void>
  open(name: string): Promise<OpenWindow>
  minimize(name: string): Promise<void>
  restore(name: string): Promise<void>
  focus(name: string): Promise<void>
  retitle(name: string, title: string): Promise<void>
  /** What the input holds by its editor's own document. */
  peek(name: string): Promise<Peek>
  /** Where the editor itself has its caret or selection. */
  selection(name: string): Promise<unknown>
  setDraft(name: string, text: string): Promise<void>
  /** A draft with a chip, or with bold, by the editor's own means; false where there is no such thing. */
  setRichDraft(name: string): Promise<boolean>
  focusInput(name: string): Promise<void>
  focusSearch(name: string): Promise<void>
  /** A modal dialog within the page, with the focus on the button that allows. */
  dialog(name: string, shown: boolean): Promise<void>
  /** Whether Enter is ignored, until told otherwise; told not to, an input that is disabled takes text again, too. */
  busy(name: string, on: boolean): Promise<void>
  /** These variants instead, from the next Enter, paste or change on; those that shape the page need `reset`. */
  set(name: string, variants: Variants): Promise<void>
  /** A new chat in the same window, with nothing of the old one: an empty input, these variants and no other. */
  reset(name: string, page: Page): Promise<void>
  /** Everything submitted so far, in order. */
  submissions(): Submission[]
  /** What dialogs were answered; nothing ever should be. */
  answers(): InputAnswer[]
  /** What else went on: keys, pastes, an Enter that was ignored. */
  events(name?: string): InputEvent[]
  /** Resolves with all submissions once there are `count`; rejects after `timeoutMs`, naming what did arrive. */
  submitted(count: number, timeoutMs?: number): Promise<Submission[]>
  onSubmitted(listener: (entry: Submission) => void): () => void
  stop(): Promise<void>
}

/** Opens the windows on the display of `env` and resolves once all of them stand there. */
export async function startInputs(options: InputsOptions): Promise<Inputs> {
  const { windows, env = process.env, accessibility = false } = options
  const folder = mkdtempSync(join(tmpdir(), 'real-inputs-'))
  const log = new InputLog(join(folder, 'log.jsonl'))
  const said: InputLog['append'] = (agent, told) => log.append(agent, told)
  const hosts = new Map<string, InputHost>()
  const running: { stop(): Promise<void> }[] = []
  const stop = async (): Promise<void> => {
    for (const one of running.splice(0).toReversed()) await one.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })
  }
  try {
    running.push(await switchTree(accessibility, env))
    const pages = await servePages(said)
    running.push(pages)
    const starts = [...byHost(windows)].map(async ([kind, specs]) => {
      const host = await starters[kind](specs, pages, said, env)
      running.push(host)
      for (const { name } of specs) hosts.set(name, host)
    })
    // All of them have ended, well or not, before anything is stopped.
    const failed = (await Promise.allSettled(starts)).find(({ status }) => status === 'rejected')
    if (failed) throw (failed as PromiseRejectedResult).reason
  } catch (error) {
    await stop()
    throw error
  }
  return { ...commandsTo(hosts), ...readingOf(log), log: join(folder, 'log.jsonl'), stop }
}

type Start = (
  specs: readonly HostedSpec[],
  pages: Pages,
  said: InputLog['append'],
  env: NodeJS.ProcessEnv,
) => Promise<InputHost>

const starters: Readonly<Record<HostKind, Start>> = {
  electron: async (specs, pages, said, env) => startElectronHost(specs, pages.url, said, env),
  chromium: async (specs, pages, _said, env) => startBrowserHost('chromium', specs, pages, env),
  firefox: async (specs, pages, _said, env) => startBrowserHost('firefox', specs, pages, env),
  mousepad: async (specs, _pages, _said, env) => startEditorHost('mousepad', specs, env),
  kwrite: async (specs, _pages, _said, env) => startEditorHost('kwrite', specs, env),
  swing: async (specs, _pages, said, env) => startSwingHost(specs, said, env),
}

function byHost(windows: readonly InputSpec[]): Map<HostKind, HostedSpec[]> {
  const places = tiles(windows.length)
  const hosts = new Map<HostKind, HostedSpec[]>()
  windows.forEach(({ host = 'electron', ...spec }, index) => {
    const rect = places[index] ?? { x: 0, y: 0, width: 300, height: 250 }
    const filled = { widget: 'textarea' as const, title: `${spec.name}: chat`, rect, ...spec }
    hosts.set(host, [...(hosts.get(host) ?? []), filled])
  })
  return hosts
}

type Commands = Omit<Inputs, 'log' | 'stop' | keyof ReturnType<typeof readingOf>>

function commandsTo(hosts: ReadonlyMap<string, InputHost>): Commands {
  const windows: Inputs['windows'] = async () =>
    (await Promise.all([...new Set(hosts.values())].map((host) => host.windows()))).flat()
  const window: Inputs['window'] = async (name) => {
    const found = (await windows()).find((one) => one.name === name)
    if (!found?.open) throw new Error(`the window of ${name} is ${found ? 'closed' : 'unknown'}`)
    return found
  }
  const ask = async (command: string, name: string, params?: object): Promise<unknown> => {
    const host = hosts.get(name)
    if (!host) throw new Error(`no window ${name}`)
    return host.ask(command, name, params)
  }
  const tell = async (command: string, name: string, params?: object): Promise<void> => {
    await ask(command, name, params)
  }
  return {
    windows,
    window,
    move: async (name, rect) => tell('move', name, { rect }).then(async () => window(name)),
    close: async (name) => tell('close', name),
    open: async (name) => tell('open', name).then(async () => window(name)),
    minimize: async (name) => tell('minimize', name),
    restore: async (name) => tell('restore', name),
    focus: async (name) => tell('focus', name),
    retitle: async (name, title) => tell('retitle', name, { title }),
    peek: async (name) => (await ask('peek', name)) as Peek,
    selection: async (name) => ask('selection', name),
    setDraft: async (name, text) => tell('setDraft', name, { text }),
    setRichDraft: async (name) => (await ask('setRichDraft', name)) as boolean,
    focusInput: async (name) => tell('focusInput', name),
    focusSearch: async (name) => tell('focusSearch', name),
    dialog: async (name, shown) => tell('dialog', name, { shown }),
    busy: async (name, on) => tell('busy', name, { on }),
    set: async (name, variants) => tell('set', name, { variants }),
    reset: async (name, page) => tell('reset', name, page),
  }
}

function readingOf(
  log: InputLog,
): Pick<Inputs, 'submissions' | 'answers' | 'events' | 'submitted' | 'onSubmitted'> {
  return {
    submissions: () => log.submissions(),
    answers: () => log.entries.filter((entry) => 'answer' in entry),
    events: (name) =>
      log.entries.filter(
        (entry): entry is InputEvent => 'event' in entry && (name === undefined || entry.agent === name),
      ),
    submitted: async (count, timeoutMs) => log.submitted(count, timeoutMs),
    onSubmitted: (listener) => log.onSubmitted(listener),
  }
}
