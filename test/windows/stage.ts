import { expect } from 'vitest'
import type { ClickAim, Desktop } from '../../src/main/desktop/desktop'
import { xdotool } from '../harness/xdotool'
import { desktopOf, startWineProgram, type WineProgram } from './wine'

/** Waggle's desktop under Wine, a program with windows, and another one that uses the clipboard, too. */
export interface WineStage {
  readonly desktop: Desktop
  /** The program that has this desktop. */
  readonly host: WineProgram
  readonly stage: WineProgram
  readonly other: WineProgram
  /** Closes the windows but these, which are emptied. */
  end(...kept: readonly string[]): Promise<void>
}

/** Each takes seconds to start, so they serve all files of the suite, and end with its process. */
let started: Promise<readonly WineProgram[]> | undefined

export async function openStage(): Promise<WineStage> {
  started ??= Promise.all(['desktop-host', 'stage', 'stage'].map(async (name) => startWineProgram(name)))
  const [host, stage, other] = await started
  if (!host || !stage || !other) throw new Error('the programs of the stage did not start')
  return {
    desktop: desktopOf(host),
    host,
    stage,
    other,
    async end(...kept) {
      await Promise.all([stage.ask('reset', kept), other.ask('reset')])
    },
  }
}

/** Opens a window with an input, as an agent's; answers with its id and the middle of its input. */
export async function openInput(
  { stage }: Pick<WineStage, 'stage'>,
  name: string,
  { kind = 'plain', at = [20, 40, 400, 300], title = `${name}: chat` }: InputOptions = {},
): Promise<{ readonly windowId: string; readonly point: { readonly x: number; readonly y: number } }> {
  const window = await stage.ask<number>('open', name, kind, at, title)
  // The window manager gives a new window the focus, some time later.
  await expect.poll(() => xdotool('getwindowfocus', 'getwindowname')).toBe(title)
  return { windowId: String(window), point: await inputOf(stage, name) }
}

/** Again where Wine shows the pointer elsewhere for too long: nothing was clicked then. */
export async function clickInto(desktop: Desktop, aim: ClickAim): Promise<void> {
  await expect.poll(async () => desktop.click(aim)).toBeUndefined()
}

interface InputOptions {
  readonly kind?: 'plain' | 'rich'
  readonly at?: readonly [number, number, number, number]
  readonly title?: string
}

export async function inputOf(stage: WineProgram, name: string): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = await stage.ask<Record<'x' | 'y' | 'width' | 'height', number>>(
    'rectOf',
    name,
  )
  return { x: x + Math.floor(width / 2), y: y + height - 20 }
}

/** A person does something with xdotool; Wine hears of it from the X server a moment later. */
export async function person(
  { desktop }: Pick<WineStage, 'desktop'>,
  ...args: readonly (string | number)[]
): Promise<void> {
  const from = performance.now()
  xdotool(...args)
  await expect
    .poll(async () => (await desktop.personIdleMs()) - (performance.now() - from), { interval: 5 })
    .toBeLessThan(0)
}

let moves = 0
/** Each time elsewhere: Wine's pointer is not the X server's, which tells of no move to where it stands already. */
export async function personMoves(opened: Pick<WineStage, 'desktop'>): Promise<{ x: number; y: number }> {
  const to = { x: 30 + (++moves % 50), y: 400 }
  await person(opened, 'mousemove', to.x, to.y)
  return to
}
