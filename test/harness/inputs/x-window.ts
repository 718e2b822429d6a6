import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { isSameRect } from '../../../src/contract/rects'
import type { Rect } from '../tiles'

const run = promisify(execFile)
/** How long a program may take to show its window, and a window manager to do what it was asked for. */
const SHOWN_MS = 40_000
const SETTLED_MS = 15_000
const LOOK_MS = 50

/** A window of another program, by X11 alone. */
export interface XWindow {
  title(): Promise<string>
  /** Of its client area, in physical pixels. */
  rect(): Promise<Rect>
  /** Resolves once it stands there; rejects when it will not: browsers want 500 pixels of width. */
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
  const still = async (): Promise<Rect> => {
    for (let before = ''; ;) {
      const now = await rect()
      if (JSON.stringify(now) === before) return now
      before = JSON.stringify(now)
      await delay(LOOK_MS)
    }
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
      const wanted = { ...(await rect()), ...asked }
      let [x, y] = [wanted.x, wanted.y]
      // A window manager takes its time, and may take the place for its frame's; a program that has just come up may have a
      // size of its own in mind.
      const moved = await until(SETTLED_MS, async () => {
        await xdotool('windowsize', id, wanted.width, wanted.height, 'windowmove', id, x, y)
        const now = await still()
        ;[x, y] = [x + wanted.x - now.x, y + wanted.y - now.y]
        return isSameRect(now, wanted) || undefined
      })
      if (!moved) throw new Error(`a window became ${show(await rect())}, asked for ${show(wanted)}`)
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

const show = ({ x, y, width, height }: Rect): string => `${width}x${height}+${x}+${y}`

/** What `look` answers once it is not undefined; undefined when it never was. */
export async function until<T>(ms: number, look: () => Promise<T | undefined>): Promise<T | undefined> {
  for (const end = Date.now() + ms; Date.now() < end;) {
    const found = await look()
    if (found !== undefined && found !== '') return found
    await delay(LOOK_MS)
  }
  return undefined
}
