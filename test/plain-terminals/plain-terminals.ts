import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import type { Rect } from '../../src/contract/rects'
import { openTree } from '../../src/main/looking/tree/open-tree'
import { startApp, type RunningApp } from '../harness/app'
import { openDesk, type Desk } from '../harness/desk'
import { halt } from '../harness/processes'
import { xdotool } from '../harness/xdotool'

// Agents in plain windows of Debian's terminals: nothing wrapped, and what their program has read is the truth.

const TITLE = 'A plain terminal'
const program = resolve('test/terminals/agent.mjs')
const LIMIT_MS = 30_000

/** How each is started with a command in it. */
const commands: Readonly<Record<string, (words: readonly string[]) => readonly string[]>> = {
  xterm: (words) => ['xterm', '-e', ...words],
  st: (words) => ['st', '-e', ...words],
  urxvt: (words) => ['urxvt', '-e', ...words],
  alacritty: (words) => ['alacritty', '-e', ...words],
  kitty: (words) => ['kitty', ...words],
  'xfce4-terminal': (words) => ['xfce4-terminal', '--disable-server', '-x', ...words],
  lxterminal: (words) => ['lxterminal', '--no-remote', '-e', words.join(' ')],
  'gnome-terminal': (words) => ['gnome-terminal', '--wait', '--', ...words],
  konsole: (words) => ['konsole', '--separate', '-e', ...words],
}

interface Entry {
  readonly prompt?: string
  readonly answered?: string
  readonly event?: string
}

export interface PlainAgent {
  readonly desk: Desk<RunningApp>
  readonly folder: string
  readonly name: string
  /** The prompts that its program got. */
  prompts(): string[]
  /** The keys by which its questions were answered. */
  answers(): string[]
  /** What its program has noted besides. */
  events(): string[]
  tell(order: string): Promise<void>
  /** Stops its program, or lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): Promise<void>
  /** Queues a message and says its id. */
  send(text: string): Promise<string>
  /** Resolves once that message has this state, or waits for this reason. */
  becomes(id: string, ...what: readonly string[]): Promise<string>
  /** Its person types into the window. */
  types(...keys: readonly string[]): void
  /** How it stands, as the list of agents says. */
  stands(): Promise<string | undefined>
  /** What its window shows, by its tree. */
  screen(): Promise<string>
}

export async function until<T>(look: () => Promise<T | undefined> | T | undefined, what: string): Promise<T> {
  const end = performance.now() + LIMIT_MS
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > end) throw new Error(`not in ${LIMIT_MS / 1000} s: ${what}`)
    await delay(50)
  }
}

interface PlainOptions {
  readonly style?: string
  readonly traits?: readonly string[]
  /** A shell stands there once it ends. */
  readonly inShell?: boolean
  /** Instead of the stand-in of test/terminals: the lines of a shell that start another program. */
  readonly own?: { readonly program: string; readonly script: string }
  /** What Waggle calls it. */
  readonly name?: string
  /** A Waggle that runs already, and where its window stands there, in pixels. */
  readonly beside?: { readonly desk: Desk<RunningApp>; readonly rect: Rect }
}

/** Starts Waggle with the tree on, for this test alone. */
export async function openPlainDesk(): Promise<Desk<RunningApp>> {
  const desk = await openDesk(startApp, { args: ['--hidden'] })
  await desk.pipe.call('desktop.tree', { on: true })
  return desk
}

/** Starts Waggle if it is not there, then the terminal, and sets an agent on it. */
export async function openPlain(terminal: string, options: PlainOptions = {}): Promise<PlainAgent> {
  const { style = 'claude', traits = [], inShell = false, own, name = 'A', beside } = options
  const folder = mkdtempSync(join(tmpdir(), 'waggle-plain-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const { pipe, ...desk } = beside?.desk ?? (await openPlainDesk())
  const log = join(folder, 'log')
  const script = join(folder, 'start')
  const quoted = [program, log, style, ...traits].map((word) => `'${word}'`).join(' ')
  const start = inShell ? 'node' : 'exec node'
  const after = inShell ? `\ncd '${folder}'; exec bash --norc --noprofile` : ''
  writeFileSync(script, `printf '\\033]0;${TITLE}\\007'\n${own?.script ?? `${start} ${quoted}${after}`}\n`)
  open(terminal, ['bash', script])
  const entries = (): Entry[] =>
    existsSync(log)
      ? readFileSync(log, 'utf8')
          .split('\n')
          .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Entry]))
      : []
  const inDesk = async () =>
    (await pipe.call('desktop.look', {})).windows.find(({ app }) => new RegExp(`^${terminal}`, 'i').test(app))
  const { id: windowId } = await until(inDesk, 'the window')
  if (beside) put(windowId, beside.rect)
  if (!own && !traits.includes('late'))
    await until(() => entries().some(({ event }) => event === 'started') || undefined, 'the agent')
  const known = async () => (await pipe.call('agent.list', {})).agents.find((one) => one.name === name)
  const window = await until(async () => {
    const { rect } = (await inDesk()) ?? {}
    if (!rect) return undefined
    const at = [Math.round(rect.x + rect.width / 2), Math.round(rect.y + rect.height * 0.8)] as const
    await pipe.call('agent.set', { name, at: [...at] })
    const set = (await known())?.calibration
    // Until it is in its place another one may stand at that point.
    if (set?.windowId !== windowId || (own && set.program !== own.program)) return undefined
    return { id: windowId, rect, at }
  }, 'its program')
  return {
    desk: { pipe, ...desk },
    folder,
    name,
    prompts: () => entries().flatMap(({ prompt }) => prompt ?? []),
    answers: () => entries().flatMap(({ answered }) => answered ?? []),
    events: () => entries().flatMap(({ event }) => event ?? []),
    async tell(order) {
      const heard = () => entries().filter(({ event }) => event === order).length
      const before = heard()
      writeFileSync(`${log}.new`, order)
      renameSync(`${log}.new`, `${log}.do`)
      await until(() => heard() > before || undefined, order)
    },
    signal: (signal) => signalTo(log, signal),
    async send(text) {
      const { messages } = await pipe.call('message.send', { to: name, text, from: 'test' })
      return messages[0]?.id ?? ''
    },
    becomes: async (id, ...what) => {
      let seen = ''
      return until(async () => {
        const { state, failure } = await pipe.call('message.get', { id })
        const { perAgent } = await pipe.call('queue.status', {})
        const waitingFor = perAgent[name]?.waitingFor
        const now = [state, failure?.code, waitingFor?.code]
        seen = JSON.stringify([state, failure, waitingFor])
        return now.some((one) => one !== undefined && what.includes(one)) ? seen : undefined
      }, what.join(' or ')).catch((error: unknown) => {
        throw new Error(`${String(error)}; that of ${name} is ${seen}`)
      })
    },
    types(...keys) {
      xdotool('windowactivate', '--sync', window.id)
      for (const key of keys)
        xdotool(...(key.length > 1 && !key.includes(' ') ? ['key', key] : ['type', key]))
    },
    stands: async () => (await known())?.stands,
    async screen() {
      const tree = openTree({ env: process.env })
      const [pid, title] = [xdotool('getwindowpid', window.id), xdotool('getwindowname', window.id)]
      const [x, y] = window.at
      const seen = await tree.readTerminal({ pid: Number(pid), title, rect: window.rect, point: { x, y } })
      tree.close()
      return seen.kind === 'terminal' ? seen.rows.join('\n') : ''
    },
  }
}

function put(windowId: string, { x, y, width, height }: Rect): void {
  xdotool('windowsize', windowId, String(width), String(height), 'windowmove', windowId, String(x), String(y))
}

/** The agent's own process: the one that has its log as an argument. */
async function signalTo(log: string, signal: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
  const found = spawnSync('pgrep', ['-f', `${program} ${log}`], { encoding: 'utf8' })
  const pids = found.stdout.trim().split('\n').map(Number)
  await Promise.all(pids.map(async (pid) => (signal === 'SIGSTOP' ? halt(pid) : process.kill(pid, signal))))
}

function open(terminal: string, words: readonly string[]): void {
  const [command = '', ...args] = commands[terminal]?.(words) ?? []
  const env = { ...process.env, LANG: 'C.UTF-8', LIBGL_ALWAYS_SOFTWARE: '1', HISTFILE: '/dev/null' }
  // Its server is the bus's child, and wants UTF-8, too.
  if (terminal === 'gnome-terminal') spawnSync('dbus-update-activation-environment', ['LANG=C.UTF-8'])
  const child = spawn(command, args, { stdio: 'ignore', detached: true, env })
  onTestFinished(async () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
    if (terminal !== 'gnome-terminal') return
    // Its windows are a server's, which ends with the last of them.
    xdotool('search', '--class', 'gnome-terminal', 'windowkill')
  })
}
