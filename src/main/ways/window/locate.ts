import type { Agent, Calibration } from '../../../contract/agent'
import type { Failure } from '../../../contract/failure'
import type { Desktop, DesktopWindow, Point, Rect } from '../../desktop/desktop'
import { given } from '../../given'
import { contains } from '../../../contract/rects'
import { titlePattern } from '../../../contract/title-pattern'
import { readerOf, terminalBelow } from '../terminal/reader'
import { isTerminal } from './profile'

/** Where an agent's input is right now. */
export interface Target {
  readonly window: DesktopWindow
  readonly point: Point
}

/** Numbers are used again once a window has closed, at once where its program crashed and was started again. */
export function isSameWindow(one: DesktopWindow, other: DesktopWindow): boolean {
  return one.id === other.id && one.pid === other.pid
}

/** Finds the agent's window and the point in it, touching nothing; a failure says what to do. */
export async function locate(agent: Agent, desktop: Desktop): Promise<Target | Failure> {
  const looked = Promise.all([desktop.windows(), desktop.screens()])
  // A desktop in trouble may not answer, and says why by itself.
  looked.catch(() => undefined)
  const trouble = await desktop.trouble()
  return trouble ?? findTarget(agent, ...(await looked))
}

export function isFailure(found: Target | Failure): found is Failure {
  return 'code' in found
}

/** As {@link locate}, over windows (frontmost first) and screens already known. */
export function findTarget(
  agent: Agent,
  windows: readonly DesktopWindow[],
  screens: readonly Rect[],
): Target | Failure {
  if (!agent.at) {
    return {
      code: 'not-calibrated',
      message: `${agent.name} has no point yet: calibrate it, or set one with --at X,Y.`,
    }
  }
  const at = { x: agent.at[0], y: agent.at[1] }
  const found = agent.window ? byPattern(agent, agent.window, at, windows) : byCalibration(agent, at, windows)
  if ('code' in found) return found
  const point = agent.calibration ? follow(at, agent.calibration.rect, found.rect) : at
  if (!contains(found.rect, point)) {
    const sentence = `The point ${point.x},${point.y} of ${agent.name} is not in its window "${found.title}" any more: calibrate it again.`
    return missing(sentence)
  }
  if (!screens.some((screen) => contains(screen, point))) {
    return missing(
      `The input of ${agent.name} in "${found.title}" is off the screen: move the window back, or show its workspace.`,
    )
  }
  return { window: found, point }
}

/**
 * Remembers the window under a point, or undefined when the agent's window does not stand there. Waggle's own windows
 * do not count: calibrating is done from one.
 */
export async function calibrate(
  desktop: Desktop,
  at: readonly [number, number],
  pattern: string | undefined,
  now: Date,
): Promise<Calibration | undefined> {
  const expression = titlePattern(pattern ?? '')
  const there = (await desktop.windows()).find(
    ({ title, rect, minimized, hidden }) =>
      !minimized && !hidden && contains(rect, { x: at[0], y: at[1] }) && expression.test(title),
  )
  if (!there) return undefined
  const { id, title, app, rect } = there
  const program = programIn(there)
  return { at: now.toISOString(), windowId: id, title, app, rect, ...given({ program }) }
}

/** What is remembered as the agent's program in that window, if it is a terminal's. */
export async function programOf(desktop: Desktop, windowId: string): Promise<string | undefined> {
  const window = (await desktop.windows()).find(({ id }) => id === windowId)
  return window && programIn(window)
}

/** What reads the terminal in a window, where that can be told and is no shell. */
function programIn({ app, pid }: DesktopWindow): string | undefined {
  if (pid === undefined || !isTerminal(app)) return undefined
  const below = terminalBelow(pid)
  const reader = typeof below === 'string' ? undefined : readerOf(below.member)
  return reader?.kind === 'program' ? reader.name : undefined
}

function byPattern(
  agent: Agent,
  pattern: string,
  at: Point,
  windows: readonly DesktopWindow[],
): DesktopWindow | Failure {
  const expression = titlePattern(pattern)
  const matching = windows.filter((window) => expression.test(window.title))
  const [only] = matching
  // Agents name their terminals as they go: the very window is theirs still, and its text is looked at before anything else.
  const renamed =
    only ?? windows.find((window) => isTerminal(window.app) && isCalibrated(window, agent.calibration))
  if (!only && renamed) return renamed
  if (!only)
    return missing(
      `No window's title matches ${pattern}: open ${agent.name}'s window, or change the pattern.`,
    )
  if (matching.length === 1) return only
  // Several match: the calibrated one itself, else the one that stands where the agent was calibrated, else none.
  const same = matching.find((window) => isCalibrated(window, agent.calibration))
  if (same) return same
  const there = matching.filter((window) => contains(window.rect, at))
  if (there.length === 1 && there[0]) return there[0]
  return missing(
    `${matching.length} windows match ${pattern}, and it is not clear which is ${agent.name}'s: narrow the pattern.`,
  )
}

function byCalibration(agent: Agent, at: Point, windows: readonly DesktopWindow[]): DesktopWindow | Failure {
  const { calibration } = agent
  if (!calibration) {
    const message = `No window stood at ${at.x},${at.y} when ${agent.name} was set: calibrate it with its window open, or set a window pattern.`
    return { code: 'not-calibrated', message }
  }
  const same = windows.find((window) => isCalibrated(window, calibration))
  if (same) return same
  const there = windows.find((window) => !window.minimized && contains(window.rect, at))
  if (there && there.app === calibration.app && there.title === calibration.title) return there
  const now = there ? `is now "${there.title}"` : 'is gone'
  return missing(
    `${agent.name} was calibrated on "${calibration.title}"; the window at ${at.x},${at.y} ${now}. Open it again, or calibrate anew.`,
  )
}

/** Ids are used again once a window has closed, so the program must be the same, too. */
function isCalibrated(window: DesktopWindow, calibration: Calibration | undefined): boolean {
  return window.id === calibration?.windowId && window.app === calibration.app
}

/**
 * Where the point is after its window went from one rectangle to another. Across, it keeps its share of the width; a
 * chat's input hugs the bottom edge, so in the lower half it keeps its distance from that edge, above from the top.
 */
function follow(at: Point, from: Rect, to: Rect): Point {
  const right = from.width > 0 ? (at.x - from.x) / from.width : 0
  const fromBottom = from.y + from.height - at.y
  const isLow = fromBottom < from.height / 2
  const y = isLow ? to.y + to.height - fromBottom : to.y + (at.y - from.y)
  return { x: Math.floor(to.x + right * to.width), y: Math.floor(y) }
}

/** The part of the target's window around its point, at most of that size. */
export function regionAround(
  { point, window: { rect } }: Target,
  size: { width: number; height: number },
): Rect {
  const width = Math.min(size.width, rect.width)
  const height = Math.min(size.height, rect.height)
  const x = Math.min(Math.max(point.x - width / 2, rect.x), rect.x + rect.width - width)
  const y = Math.min(Math.max(point.y - height / 2, rect.y), rect.y + rect.height - height)
  return { x: Math.floor(x), y: Math.floor(y), width, height }
}

function missing(message: string): Failure {
  return { code: 'window-missing', message }
}
