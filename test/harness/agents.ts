import { readFileSync } from 'node:fs'
import { switchTree } from './inputs/accessibility'
import { conversation, launch, type Conversation } from './agents-program'
import type { Rect } from './tiles'

export interface AgentSpec {
  readonly name: string
  /** Default `NAME: chat`. */
  readonly title?: string
  /** The content's rectangle in physical pixels; default: a tile of 1280x800, so that none overlap. */
  readonly rect?: Rect
  readonly kind?: 'textarea' | 'contenteditable'
  /** Blocks the page for this long, 40 % of the time. */
  readonly stallMs?: number
}

/** Where a window stands, in physical screen pixels. */
export interface OpenWindow {
  readonly name: string
  readonly title: string
  readonly open: true
  /** The content, without the window manager's frame. */
  readonly rect: Rect
  /** The centre of the input. */
  readonly input: [number, number]
}
export interface ClosedWindow {
  readonly name: string
  readonly title: string
  readonly open: false
}

/** One text submitted in a window; `at` in ms since 1970 by the window's clock, `n` counts over all windows from 1. */
export interface Submission {
  readonly agent: string
  readonly text: string
  readonly at: number
  readonly n: number
}

/** A button pressed in a dialog. */
export interface DialogAnswer {
  readonly agent: string
  readonly answer: string
  readonly n: number
}

/** How many of each a window's page has seen. */
export interface Seen {
  readonly keys: number
  readonly pastes: number
  readonly clicks: number
  readonly submitted: number
}

/** The running windows. Every method rejects with the program's own words when it cannot do what was asked. */
export interface Agents {
  readonly pid: number
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
  setDraft(name: string, text: string): Promise<void>
  readInput(name: string): Promise<string>
  seen(name: string): Promise<Seen>
  /** Blocks the page for `ms`, 40 % of the time; 0 ends it. */
  stall(name: string, ms: number): Promise<void>
  /** A window that takes the focus every `everyMs`; 0 ends it. */
  thief(everyMs: number): Promise<void>
  /** A modal question over the input. */
  dialog(name: string, shown: boolean): Promise<void>
  /** Everything submitted so far, in order, as the log file has it. */
  submissions(): Submission[]
  /** A question within the page, over its input, with the focus on the button that allows. */
  ask(name: string, shown: boolean, overInput?: boolean): Promise<void>
  /** What dialogs were answered; nothing ever should be. */
  answers(): DialogAnswer[]
  /** Resolves with all submissions once there are `count`; rejects after `timeoutMs`, naming what did arrive. */
  submitted(count: number, timeoutMs?: number): Promise<Submission[]>
  onSubmitted(listener: (entry: Submission) => void): () => void
  stop(): Promise<void>
}

export interface AgentsOptions {
  readonly agents: readonly AgentSpec[]
  /** The Electron executable; default the one of `ELECTRON_OVERRIDE_DIST_PATH`. */
  readonly electron?: string
  readonly env?: NodeJS.ProcessEnv
  /** Whether the accessibility tree is on before the windows open, until `stop`. Default false. */
  readonly accessibility?: boolean
  /** More of Chromium's switches. */
  readonly args?: readonly string[]
}

/** Opens the stand-in agents' windows on the display of `env` and resolves once all of them stand there. */
export async function startAgents(options: AgentsOptions): Promise<Agents> {
  const tree = await switchTree(options.accessibility === true, options.env ?? process.env)
  const program = launch(options)
  const talk = conversation(program.process)
  try {
    await talk.ready
  } catch (error) {
    await program.stop()
    await tree.stop()
    throw error
  }
  return {
    pid: program.process.pid ?? 0,
    ...commands(talk),
    ...reading(program.log, talk),
    onSubmitted: talk.onSubmitted,
    stop: async () => {
      await program.stop()
      await tree.stop()
    },
  }
}

type Commands = Omit<Agents, 'pid' | 'submissions' | 'answers' | 'submitted' | 'onSubmitted' | 'stop'>

function commands({ ask }: Conversation): Commands {
  const windows = async (): Promise<(OpenWindow | ClosedWindow)[]> =>
    (await ask('windows')) as (OpenWindow | ClosedWindow)[]
  const window = async (name: string): Promise<OpenWindow> => {
    const found = (await windows()).find((one) => one.name === name)
    if (!found?.open) throw new Error(`the window of ${name} is ${found ? 'closed' : 'unknown'}`)
    return found
  }
  const tell = async (command: string, name?: string, params?: Record<string, unknown>): Promise<void> => {
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
    setDraft: async (name, text) => tell('setDraft', name, { text }),
    readInput: async (name) => (await ask('readInput', name)) as string,
    seen: async (name) => (await ask('seen', name)) as Seen,
    stall: async (name, ms) => tell('stall', name, { ms }),
    thief: async (everyMs) => tell('thief', undefined, { everyMs }),
    dialog: async (name, shown) => tell('dialog', name, { shown }),
    ask: async (name, shown, overInput = false) => tell('ask', name, { shown, overInput }),
  }
}

function reading(log: string, talk: Conversation): Pick<Agents, 'submissions' | 'answers' | 'submitted'> {
  const lines = (): (Submission | DialogAnswer)[] =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Submission | DialogAnswer)
  const submissions = (): Submission[] => lines().filter((line) => 'text' in line)
  return {
    submissions,
    answers: () => lines().filter((line) => 'answer' in line),
    submitted: async (count, timeoutMs = 20_000) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          stop()
          const short = submissions().map(({ agent, text }) => `${agent}: ${text.slice(0, 60)}`)
          reject(
            new Error(`${short.length} of ${count} submitted after ${timeoutMs} ms:\n${short.join('\n')}`),
          )
        }, timeoutMs)
        const look = (): void => {
          const now = submissions()
          if (now.length < count) return
          clearTimeout(late)
          stop()
          resolve(now)
        }
        const stop = talk.onSubmitted(look)
        look()
      }),
  }
}
