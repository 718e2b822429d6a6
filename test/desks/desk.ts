import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { startVirtualDesktop } from '../../scripts/desktop.mjs'
import { stopProcess } from '../../scripts/lib/services.mjs'
import type { MessageDetail } from '../../src/contract/message'
import { connectX11 } from '../../src/main/desktop/x11/connection'
import { startAgents, type Agents } from '../harness/agents'
import { startApp } from '../harness/app'
import { temporaryHome } from '../harness/home'
import { openPipeClient, type PipeClient } from '../harness/pipe-client'
import { realKeyboard, type RealKeyboard } from '../harness/real-keyboard'
import type { ManagerSetup } from './managers'

const execute = promisify(execFile)
const LIMIT_MS = 15_000
const CORE_KEYBOARD = 0x100

declare module 'vitest' {
  interface TaskMeta {
    /** What the tables of docs/desks.md show. */
    cell?: string
  }
}

/** What must be as before, once a message has been delivered. */
export interface Scene {
  readonly workspace: string
  readonly focus: string
  readonly pointer: string
  /** By window: its workspace, and whether it is fullscreen, minimized, rolled up, on top. */
  readonly windows: Readonly<Record<string, string>>
}

/** A desktop with a person, their window manager, three agents and Waggle. */
export interface ManagedDesk {
  readonly agents: Agents
  readonly pipe: PipeClient
  /** A person's hand: runs a program there and gives what it prints. */
  hand(program: string, ...args: readonly (string | number)[]): Promise<string>
  /** Opens a window of the person's and resolves with its number once it is there. */
  xterm(title: string, geometry: string): Promise<string>
  /** What a program needs to live on this desktop. */
  readonly env: NodeJS.ProcessEnv
  readonly clip: Clip
  readonly keyboard: DeskKeyboard
  /** What is seen once it stays the same. */
  steady<T>(look: () => Promise<T>): Promise<T>
  /** Shows that workspace, as a person of this window manager does. */
  goTo(workspace: number): Promise<void>
  scene(): Promise<Scene>
  /** Whether the window manager has ended, by itself as far as this desk knows. */
  isUnmanaged(): boolean
  send(to: string, text: string): Promise<string>
  message(id: string): Promise<MessageDetail>
  stop(): Promise<void>
}

/** The person's own keyboard, which is not the one that programs press on, and what is locked or latched on both. */
interface DeskKeyboard extends RealKeyboard {
  lock(mask: number): void
  latch(mask: number): void
}

interface Clip {
  read(selection: 'clipboard' | 'primary'): Promise<string>
  /** Copies or marks a text, as a program does that goes on owning it. */
  write(selection: 'clipboard' | 'primary', text: string): Promise<void>
}

export const names = ['Agent-1', 'Agent-2', 'Agent-3'] as const
const rects = [
  { x: 20, y: 60, width: 380, height: 300 },
  { x: 430, y: 60, width: 380, height: 300 },
  { x: 20, y: 430, width: 380, height: 300 },
]

/** Resolves once `holds`; rejects with `what` after 15 s. */
export async function until(holds: () => Promise<boolean>, what: () => unknown): Promise<void> {
  const end = performance.now() + LIMIT_MS
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(String(what()))
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export async function openManagedDesk({
  command,
  args,
  files = {},
  env: own,
  compositor,
  goTo,
}: ManagerSetup): Promise<ManagedDesk> {
  const ends: (() => unknown)[] = []
  const stop = async () => {
    while (ends.length > 0) await ends.pop()?.()
  }
  try {
    const person = temporaryHome()
    ends.push(() => person.remove())
    mkdirSync(person.path)
    writeFiles(person.path, files)
    const homes = { HOME: person.path, XDG_CONFIG_HOME: join(person.path, '.config'), ...own }
    const desktop = await startVirtualDesktop({ windowManager: { command, args, env: homes } })
    ends.push(() => desktop.stop())
    const env = { ...process.env, ...desktop.env, HOME: person.path, XDG_CONFIG_HOME: homes.XDG_CONFIG_HOME }
    if (compositor) ends.push(await composite(compositor, env))
    const agents = await startAgents({
      agents: names.map((name, index) => ({ name, ...(rects[index] && { rect: rects[index] }) })),
      env,
    })
    ends.push(() => agents.stop())
    const home = temporaryHome()
    ends.push(() => home.remove())
    const app = await startApp({ home: home.path, env: desktop.env, args: ['--hidden'] })
    ends.push(() => app.stop())
    const pipe = await openPipeClient(app.endpoint)
    ends.push(() => pipe.close())
    const hand = handOn(env)
    const x = await connectX11(desktop.env.DISPLAY ?? '')
    ends.push(() => x.close())
    const { xkb } = x.extensions
    return {
      keyboard: {
        ...(await realKeyboard(x, env)),
        lock: (mask) => xkb.LatchLockState(CORE_KEYBOARD, 0xff, mask, false, 0, 0, 0, false, 0),
        latch: (mask) => xkb.LatchLockState(CORE_KEYBOARD, 0, 0, false, 0, 0xff, mask, false, 0),
      },
      agents,
      pipe,
      hand,
      env,
      clip: clipOn(env, hand),
      steady,
      goTo: async (workspace) => {
        const [program = 'wmctrl', ...words] = goTo ?? ['wmctrl', '-s', 'N']
        const named = { N: String(workspace), M: String(workspace + 1) }
        await hand(program, ...words.map((word) => word.replace(/N$/, named.N).replace(/M$/, named.M)))
      },
      stop,
      isUnmanaged: () => hasEnded(desktop.parts.windowManager),
      xterm: xtermsOn(env, hand, ends),
      scene: async () => sceneOn(hand),
      ...sending(pipe),
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Resolves once it has the screen (_NET_WM_CM_S0), with the way to end it. */
async function composite(
  [program, ...args]: NonNullable<ManagerSetup['compositor']>,
  env: NodeJS.ProcessEnv,
): Promise<() => Promise<void>> {
  const child = spawn(program, args, { env, stdio: 'ignore' })
  const x = await connectX11(env['DISPLAY'] ?? '')
  const selection = await x.ask<number>((done) => x.client.InternAtom(false, '_NET_WM_CM_S0', done))
  const owner = async () => x.ask<number>((done) => x.client.GetSelectionOwner(selection, done))
  await until(
    async () => (await owner()) !== 0,
    () => `${program} does not come up`,
  ).finally(() => x.close())
  return async () => stopProcess(child)
}

function hasEnded(child: ChildProcess | undefined): boolean {
  return child === undefined || child.exitCode !== null || child.signalCode !== null
}

function writeFiles(home: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(home, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    if (text.startsWith('#!')) chmodSync(path, 0o755)
  }
}

function handOn(env: NodeJS.ProcessEnv): ManagedDesk['hand'] {
  return async (program, ...args) => {
    const { stdout } = await execute(program, args.map(String), { env }).catch((error: unknown) => {
      // wmctrl and xdotool fail where there is no such window: the test then sees that nothing has changed.
      if (program === 'xprop' || program === 'wmctrl' || program === 'xdotool' || program === 'xclip')
        return { stdout: '' }
      throw error
    })
    return stdout.trim()
  }
}

function xtermsOn(
  env: NodeJS.ProcessEnv,
  hand: ManagedDesk['hand'],
  ends: (() => unknown)[],
): ManagedDesk['xterm'] {
  return async (title, geometry) => {
    const child: ChildProcess = spawn('xterm', ['-T', title, '-geometry', geometry, '-e', 'cat'], {
      env,
      stdio: 'ignore',
    })
    ends.push(async () => stopProcess(child))
    let id = ''
    await until(
      async () =>
        (id =
          (await hand('xdotool', 'search', '--onlyvisible', '--name', `^${title}$`)).split('\n')[0] ?? '') !==
        '',
      () => `no window ${title}`,
    )
    return id
  }
}

function clipOn(env: NodeJS.ProcessEnv, hand: ManagedDesk['hand']): Clip {
  return {
    read: async (selection) => hand('xclip', '-o', '-selection', selection),
    write: async (selection, text) => {
      const child = spawn('xclip', ['-i', '-selection', selection], {
        env,
        stdio: ['pipe', 'ignore', 'ignore'],
      })
      child.stdin.end(text)
      // It goes on in the background once it owns the selection.
      await new Promise((resolve) => child.once('exit', resolve))
    },
  }
}

/** What is seen once three looks in a row are the same. */
async function steady<T>(look: () => Promise<T>): Promise<T> {
  let before = await look()
  for (let same = 0; same < 3;) {
    const now = await look()
    same = JSON.stringify(now) === JSON.stringify(before) ? same + 1 : 0
    before = now
  }
  return before
}

const WATCHED = /_NET_WM_STATE_(FULLSCREEN|HIDDEN|SHADED|ABOVE)/g

async function sceneOn(hand: ManagedDesk['hand']): Promise<Scene> {
  const root = await hand('xprop', '-root', '_NET_CURRENT_DESKTOP', '_NET_CLIENT_LIST')
  const workspace = /_NET_CURRENT_DESKTOP\(CARDINAL\) = (\d+)/.exec(root)?.[1] ?? ''
  const ids = root.match(/0x[0-9a-f]+/g) ?? []
  const windows = await Promise.all(
    ids.map(async (id) => {
      const said = await hand('xprop', '-id', id, 'WM_NAME', '_NET_WM_STATE', '_NET_WM_DESKTOP')
      // Some call what is rolled up hidden, too, and not at all times.
      const states = new Set(said.match(WATCHED) ?? [])
      if (states.has('_NET_WM_STATE_SHADED')) states.delete('_NET_WM_STATE_HIDDEN')
      const title = /WM_NAME\(.*?\) = "(.*)"/.exec(said)?.[1] ?? id
      const on = /_NET_WM_DESKTOP\(CARDINAL\) = (\d+)/.exec(said)?.[1] ?? ''
      return [title, `${on} ${[...states].toSorted().join(' ')}`.trim()] as const
    }),
  )
  const [focus, pointer] = await Promise.all([
    hand('xdotool', 'getwindowfocus'),
    hand('xdotool', 'getmouselocation', '--shell'),
  ])
  return {
    workspace,
    focus,
    pointer: pointer.split('\n').slice(0, 2).join(' '),
    windows: Object.fromEntries(windows),
  }
}

function sending(pipe: PipeClient): Pick<ManagedDesk, 'send' | 'message'> {
  return {
    send: async (to, text) => {
      const { messages } = await pipe.call('message.send', { to, text })
      return messages[0]?.id ?? ''
    },
    message: async (id) => pipe.call('message.get', { id }),
  }
}
