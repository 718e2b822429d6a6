import type { Agent } from '../../../contract/agent'
import type { Desk, SeenWindow } from '../../../contract/desktop-look'
import { OperationError } from '../../../contract/failure'
import type { Clock } from '../../clock'
import type { Desktop, Picture, Rect } from '../../desktop/desktop'
import { contains } from '../../../contract/rects'
import { cut } from '../../desktop/picture'
import type { Turns } from '../../desktop/lock/turns'
import { look } from './look'
import { seenStill } from './seen-still'

/** One screen as it looked, with its picture. */
export interface Shot {
  readonly rect: Rect
  readonly picture: Picture
}

/** What the shell does for pointing. */
export interface PointingStage {
  /** Takes our own windows off the screen; undefined when none was on it. The function returned brings them back. */
  hideOwn(): (() => void) | undefined
  /** Covers each screen with its picture; `onClosed` when a person closes one. The function returned uncovers them. */
  show(shots: readonly Shot[], onClosed: () => void): Promise<() => void>
}

/** Where an agent lives from now on. */
export interface Choice {
  readonly at: readonly [number, number]
  readonly window: SeenWindow
  /** The screen around the point, as it was. */
  readonly picture?: Picture
}

export interface Pointing {
  /**
   * Shows the frozen screens until somebody has chosen or given up (undefined); deliveries wait meanwhile. Rejects with
   * `OperationError` wrongState when somebody points already, desktopUnavailable, or the signal's reason.
   */
  ask(name: string, signal: AbortSignal): Promise<Choice | undefined>
  /** The desktop as it was when the picture was taken. This and the next two throw `OperationError` wrongState when nobody points. */
  scene(): Desk & { readonly name: string }
  /** Throws `OperationError` notFound, and goes on, when no window stands there. */
  choose(at: readonly [number, number]): Choice
  cancel(): void
}

interface PointingDeps {
  readonly desktop: Desktop
  readonly turns: Pick<Turns, 'withTurn'>
  readonly stage: PointingStage
  readonly agents: () => readonly Agent[]
  readonly clock: Clock
}

/** Whoever walked away from the picture gets the desktop back: other programs wait for it. */
const LONGEST_LOOK_MS = 180_000

interface Session {
  readonly name: string
  /** There once the picture is. */
  desk?: Desk
  readonly answer: Promise<Choice | undefined>
  /** Ends it; undefined: given up. Only the first call counts. */
  settle(choice: Choice | undefined): void
  /** Aborts when it was given up. */
  readonly givenUp: AbortSignal
}

/** Pointing at an agent's input on a picture of the screens: one person, one picture, one turn. */
export function createPointing(deps: PointingDeps): Pointing {
  let session: Session | undefined
  const asked = () => {
    if (session) return session
    throw new OperationError('wrongState', 'Nobody is asked to point at an agent now; agent.point asks.')
  }
  const scene = () => {
    const { name, desk } = asked()
    if (desk) return { ...desk, name }
    throw new OperationError('wrongState', `The picture for ${name} is not taken yet: it waits for its turn.`)
  }
  return {
    async ask(name, signal) {
      if (session) {
        const sentence = `You are pointing at ${session.name}'s input already: click into it or press Esc first.`
        throw new OperationError('wrongState', sentence)
      }
      const mine = (session = newSession(name))
      const giveUp = () => mine.settle(undefined)
      signal.addEventListener('abort', giveUp, { once: true })
      try {
        const use = () => shown(deps, mine)
        return await deps.turns.withTurn(`a person points at ${name}'s input`, use, mine.givenUp)
      } catch (error) {
        if (mine.givenUp.aborted) return undefined
        throw error
      } finally {
        signal.removeEventListener('abort', giveUp)
        session = undefined
      }
    },
    scene,
    choose(at) {
      const choice = { at, window: windowAt(scene(), at) }
      asked().settle(choice)
      return choice
    },
    cancel: () => asked().settle(undefined),
  }
}

function newSession(name: string): Session {
  const given = new AbortController()
  const waiting: ((choice: Choice | undefined) => void)[] = []
  return {
    name,
    answer: new Promise((resolve) => waiting.push(resolve)),
    settle(choice) {
      const resolve = waiting.pop()
      if (resolve && !choice) given.abort()
      resolve?.(choice)
    },
    givenUp: given.signal,
  }
}

/** The window that a click there would reach. Throws `OperationError` notFound when there is none. */
export function windowAt(desk: Desk, [x, y]: readonly [number, number]): SeenWindow {
  const window = desk.windows.find(({ rect, minimized }) => !minimized && contains(rect, { x, y }))
  if (window) return window
  throw new OperationError(
    'notFound',
    `No window stands at ${x},${y}: point at the input in the agent's window.`,
  )
}

/** The pointer, and the window that a click would reach there now. Throws `OperationError` notFound when there is none. */
export async function hover(desktop: Desktop, agents: readonly Agent[]): Promise<Choice> {
  const desk = await look(desktop, agents)
  const point = await desktop.pointer()
  const id = await desktop.windowAt(point)
  const window = desk.windows.find((one) => one.id === id)
  if (window) return { at: [point.x, point.y], window }
  throw new OperationError(
    'notFound',
    `The pointer is at ${point.x},${point.y}, over no agent's window: put it on the input and try again.`,
  )
}

async function shown(
  { desktop, stage, agents, clock }: PointingDeps,
  session: Session,
): Promise<Choice | undefined> {
  const before = await pictures(desktop)
  const bringBack = stage.hideOwn()
  try {
    const shots = bringBack ? await seenStill(before, () => pictures(desktop), clock) : before
    session.desk = await look(desktop, agents())
    const uncover = await stage.show(shots, () => session.settle(undefined))
    const callOff = clock.setTimer(LONGEST_LOOK_MS, () => session.settle(undefined))
    try {
      return withPicture(await session.answer, shots)
    } finally {
      callOff()
      uncover()
    }
  } finally {
    bringBack?.()
  }
}

/** How much of the screen is shown around a point, in its pixels. */
const AROUND = { width: 480, height: 200 }

function withPicture(choice: Choice | undefined, shots: readonly Shot[]): Choice | undefined {
  if (!choice) return undefined
  const [x, y] = choice.at
  const shot = shots.find(({ rect }) => contains(rect, { x, y }))
  return shot ? { ...choice, picture: cut(shot, { x, y }, AROUND) } : choice
}

async function pictures(desktop: Desktop): Promise<Shot[]> {
  const screens = await desktop.screens()
  return Promise.all(screens.map(async (rect) => ({ rect, picture: await desktop.picture(rect) })))
}
