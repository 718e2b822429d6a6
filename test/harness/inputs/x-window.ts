import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Rect } from '../tiles'

const run = promisify(execFile)
/** How long a program may take to show its window, and a window manager to do what it was asked for. */
const SHOWN_MS = 40_000
const SETTLED_MS = 3000
const LOOK_MS = 50

/** A window of another program, by X11 alone. */
export interface XWindow {
  title(): Promise<string>
  /** Of its client area, in physical pixels. */
  rect(): Promise<Rect>
  /** Resolves once it stands still; rejects when the program will not be of that size: browsers want 500 pixels of width. */
  move(rect: Partial<Rect>): Promise<void>
  minimize(): Promise<void>
  restore(): Promise<void>
  focus(): Promise<void>
  /** Whether it has the focus. */
  active(): Promise<boolean>
  /** Keys to it alone would be refused by most programs: it gets the focus first. */
  press(...keys: readonly string[]): Promise<void>
}

/** The visible window whose title has this in it, once there is one. Rejects after 40 s. */
export async function windowTitled(part: string, env: NodeJS.ProcessEnv): Promise<XWindow> {
  const id = await until(SHOWN_MS, async () => idOf(part, env))
  if (id === undefined) throw new Error(`no window with the title ${part} came up`)
  return windowOf(id, env)
}

async function idOf(part: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const pattern = part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const found = await run('xdotool', ['search', '--onlyvisible', '--name', pattern], { env }).catch(
    () => undefined,
  )
  return found?.stdout.trim().split('\n').at(-1)
}

function windowOf(id: string, env: NodeJS.ProcessEnv): XWindow {
  const xdotool = async (...args: readonly (string | number)[]): Promise<string> =>
    (await run('xdotool', args.map(String), { env })).stdout
  const rect = async (): Promise<Rect> => {
    // xdotool's own getwindowgeometry counts a frame twice.
    const { stdout } = await run('xwininfo', ['-id', id], { env })
    const number = (name: string): number => Number(new RegExp(`${name}: +(-?\\d+)`).exec(stdout)?.[1])
    const [x, y] = [number('Absolute upper-left X'), number('Absolute upper-left Y')]
    return { x, y, width: number('Width'), height: number('Height') }
  }
  /** Two looks in a row that are equal. */
  const settled = async (): Promise<void> => {
    let before = ''
    await until(SETTLED_MS, async () => {
      const now = JSON.stringify(await rect())
      const still = now === before
      before = now
      return still || undefined
    })
  }
  const active = async (): Promise<boolean> =>
    (await xdotool('getactivewindow').catch(() => '')).trim() === id
  const focus = async (): Promise<void> => {
    await xdotool('windowactivate', id)
    await until(SETTLED_MS, async () => (await active()) || undefined)
  }
  return {
    title: async () => (await xdotool('getwindowname', id)).trimEnd(),
    rect,
    move: async (asked) => {
      const now = { ...(await rect()), ...asked }
      await xdotool('windowsize', id, now.width, now.height)
      await xdotool('windowmove', id, now.x, now.y)
      await settled()
      // A window manager may take the place for its frame's.
      const got = await rect()
      if (got.width !== now.width || got.height !== now.height)
        throw new Error(`a window became ${got.width}x${got.height}, asked for ${now.width}x${now.height}`)
      if (got.x !== now.x || got.y !== now.y)
        await xdotool('windowmove', id, 2 * now.x - got.x, 2 * now.y - got.y)
      await settled()
    },
    minimize: async () => void (await xdotool('windowminimize', id)),
    restore: async () => void (await xdotool('windowmap', id, 'windowactivate', id)),
    focus,
    active,
    press: async (...keys) => {
      await focus()
      await xdotool('key', '--delay', 20, ...keys)
    },
  }
}

/** What `look` answers once it is not undefined; undefined when it never was. */
export async function until<T>(ms: number, look: () => Promise<T | undefined>): Promise<T | undefined> {
  for (const end = Date.now() + ms; Date.now() < end;) {
    const found = await look()
    if (found !== undefined && found !== '') return found
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  return undefined
}
