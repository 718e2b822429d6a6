import koffi from 'koffi'
import type { Arrangement, DesktopWindow, Point, Rect } from '../desktop'
import { screen, thread, windows } from './calls'
import { pumpUntil } from './message-window'
import { ownerOf, programName } from './programs'
import { EACHMONITOR, EACHWINDOW, emptyRect, sizes, type WinRect } from './structs'

const [STYLE, EX_STYLE] = [-16, -20] as const
const [TOOL_WINDOW, APP_WINDOW] = [0x80, 0x40000] as const
const CLOAKED = 14
const ROOT = 2
const [MINIMIZE, RESTORE] = [6, 9] as const
const TOP = 0
/** Neither moved, resized nor given the focus, and only asked for: a window that stands still would keep this thread with it. */
const IN_FRONT_ONLY = 0x01 | 0x02 | 0x10 | 0x4000
/** For how long a window that is to be minimized again is waited for. */
const MINIMIZE_MS = 200
const LONGEST_TITLE = 1024

/** The desktop itself is a window with a title, too. */
const DESKTOP_CLASSES = ['Progman', 'WorkerW']
/** Windows says that a console's window belongs to the program that runs in it; a person sees a terminal. */
const CONSOLE = { windowClass: 'ConsoleWindowClass', app: 'conhost' } as const

/** Top-level windows as a person sees them, frontmost first. */
export class Windows {
  /** A process keeps its name for as long as one of its windows is listed. */
  #names = new Map<number, string>()

  /** Where each stood when it was last seen: a minimized one is kept far outside of every screen. */
  #rects = new Map<number, Rect>()

  list(): DesktopWindow[] {
    const names = new Map<number, string>()
    const rects = new Map<number, Rect>()
    const described = topLevel().map((window) => {
      const { pid } = ownerOf(window)
      if (pid === process.pid || !isSeen(window)) return undefined
      const name = this.#names.get(pid) ?? programName(pid)
      names.set(pid, name)
      const [title, windowClass] = [titleOf(window), classOf(window)]
      const app = windowClass === CONSOLE.windowClass ? CONSOLE.app : name
      const isNone = title === '' || DESKTOP_CLASSES.includes(windowClass)
      const minimized = isMinimized(window)
      const rect = minimized ? (this.#rects.get(window) ?? restoredRect(window)) : contentOf(window)
      rects.set(window, rect)
      return isNone ? undefined : { id: String(window), title, app, rect, minimized, pid }
    })
    this.#names = names
    this.#rects = rects
    return described.filter((window) => window !== undefined)
  }

  /** Also from minimized. */
  raise(id: string): void {
    const window = Number(id)
    if (isMinimized(window)) windows.ShowWindowAsync(window, RESTORE)
    // One that has the focus may lie below another all the same, and stays there when it is given the focus.
    windows.SetWindowPos(window, TOP, 0, 0, 0, 0, IN_FRONT_ONLY)
    if (windows.SetForegroundWindow(window) && windows.GetForegroundWindow() === window) return
    // Windows lets only the program in front give the front away: for this moment we are of its input queue.
    const { tid } = ownerOf(windows.GetForegroundWindow())
    const own = thread.GetCurrentThreadId()
    const isAttached = tid !== 0 && tid !== own && windows.AttachThreadInput(own, tid, 1) !== 0
    windows.SetWindowPos(window, TOP, 0, 0, 0, 0, IN_FRONT_ONLY)
    windows.SetForegroundWindow(window)
    if (isAttached) windows.AttachThreadInput(own, tid, 0)
  }

  /** Windows knows no workspaces that a program could show, and rolls nothing up; a raised window stays as wide as it was. */
  arrangement(): Arrangement {
    const all = this.list().map(({ id, minimized }) => ({ id, minimized, fullscreen: false, shaded: false }))
    return { windows: all }
  }

  arrange({ windows: before }: Arrangement): boolean {
    const hidden = new Set(before.filter(({ minimized }) => minimized).map(({ id }) => id))
    const shown = this.list().filter(({ id, minimized }) => hidden.has(id) && !minimized)
    for (const { id } of shown) windows.ShowWindowAsync(Number(id), MINIMIZE)
    pumpUntil(() => shown.every(({ id }) => isMinimized(Number(id))), MINIMIZE_MS)
    return shown.length > 0
  }
}

/** What the system itself says a click would reach: neither hidden nor cloaked windows, whatever their rectangles. */
export function windowAt(point: Point): string | undefined {
  return rootOf(windows.WindowFromPoint(point))
}

/** The top-level window that this one is or lies in. */
export function rootOf(window: number): string | undefined {
  return idOf(windows.GetAncestor(window, ROOT))
}

export function activeWindow(): string | undefined {
  return idOf(windows.GetForegroundWindow())
}

/** The window's content in screen pixels, of one that is not minimized. */
export function contentOf(window: number): Rect {
  const rect = emptyRect()
  windows.GetClientRect(window, rect)
  const origin = { x: 0, y: 0 }
  windows.ClientToScreen(window, origin)
  return { ...origin, width: rect.right, height: rect.bottom }
}

export const isMinimized = (window: number) => windows.IsIconic(window) !== 0

/** Where a minimized window will be: what Windows keeps of it is with its frame. */
function restoredRect(window: number): Rect {
  const placement = { length: sizes.WINDOWPLACEMENT, normal: emptyRect() }
  windows.GetWindowPlacement(window, placement)
  const frame = emptyRect()
  windows.AdjustWindowRect(
    frame,
    windows.GetWindowLong(window, STYLE),
    0,
    windows.GetWindowLong(window, EX_STYLE),
  )
  const { left, top, right, bottom } = placement.normal
  const [x, y] = [left - frame.left, top - frame.top]
  return { x, y, width: right - frame.right - x, height: bottom - frame.bottom - y }
}

export function screens(): Rect[] {
  const rects: Rect[] = []
  const each = koffi.register((_monitor: number, _dc: number, at: unknown) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as EACHMONITOR says
    const { left, top, right, bottom } = koffi.decode(at, 'RECT') as WinRect
    rects.push({ x: left, y: top, width: right - left, height: bottom - top })
    return 1
  }, koffi.pointer(EACHMONITOR))
  screen.EnumDisplayMonitors(0, null, each, 0)
  koffi.unregister(each)
  return rects
}

function topLevel(): number[] {
  const all: number[] = []
  const each = koffi.register((window: number) => {
    all.push(window)
    return 1
  }, koffi.pointer(EACHWINDOW))
  windows.EnumWindows(each, 0)
  koffi.unregister(each)
  return all
}

/** Hidden windows, those of other virtual desktops and of sleeping apps (cloaked), and floating tools are no agents. */
function isSeen(window: number): boolean {
  if (!windows.IsWindowVisible(window)) return false
  const style = windows.GetWindowLong(window, EX_STYLE)
  if ((style & TOOL_WINDOW) !== 0 && (style & APP_WINDOW) === 0) return false
  const cloaked = [0]
  return windows.DwmGetWindowAttribute(window, CLOAKED, cloaked, 4) !== 0 || cloaked[0] === 0
}

type ReadText = (window: number, text: Buffer, length: number) => number

const titleOf = (window: number) => textOf(windows.GetWindowText, window)
const classOf = (window: number) => textOf(windows.GetClassName, window)

function textOf(read: ReadText, window: number): string {
  const text = Buffer.alloc(LONGEST_TITLE * 2)
  return text.toString('utf16le', 0, read(window, text, LONGEST_TITLE) * 2)
}

/** Where the keys go within the window in front; undefined where the system does not tell. */
export function focusWithin(window: number): { readonly focus: number; readonly flags: number } | undefined {
  const info = { cbSize: sizes.GUITHREADINFO, flags: 0, focus: 0 }
  const isTold = windows.GetGUIThreadInfo(ownerOf(window).tid, info)
  return isTold ? { focus: info.focus, flags: info.flags } : undefined
}

function idOf(window: number): string | undefined {
  return window === 0 ? undefined : String(window)
}
