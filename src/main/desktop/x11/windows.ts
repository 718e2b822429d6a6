import type { Desktop, DesktopWindow, Point, Rect } from '../desktop'
import { given } from '../../given'
import type { X11Connection } from './connection'
import { createWindowFacts, words, type WindowFactsOf } from './window-facts'

/** How far a window may be nested below the root: frame, client and some toolkits' inner windows. */
const MAX_DEPTH = 8

/** A window of the server's and the top-level window that it belongs to. */
export interface Found {
  readonly raw: number
  readonly owner: string | undefined
}

export interface X11Windows extends Pick<Desktop, 'windows' | 'windowAt'> {
  /** Where the keys go. */
  focus(): Promise<Found>
  /** As {@link focus}, in one question: the server's own id alone. */
  rawFocus(): Promise<number>
  /** What stays the same for most of the time, of a window that may have closed. */
  facts: WindowFactsOf
  /** The top-level windows of all programs, rearmost first. */
  clients(): Promise<readonly number[]>
  /** Undefined when there is no such window any more. */
  rectOf(id: string): Promise<Rect | undefined>
}

/** What other programs' windows are called, where they stand and which has the focus, over X11 (EWMH, ICCCM). */
export function createX11Windows(x: X11Connection): X11Windows {
  // The input focus, not _NET_ACTIVE_WINDOW: that one is the window manager's account of it and lags behind.
  const rawFocus = async () => (await x.ask<{ focus: number }>((done) => x.client.GetInputFocus(done))).focus
  const facts = createWindowFacts(x)
  const above = remembered(async (raw, clients) => ownerOf(x, raw, clients))
  const focus = async () => {
    const [raw, clients] = await Promise.all([rawFocus(), clientList(x)])
    return { raw, owner: raw <= 1 ? undefined : await above(raw, clients) }
  }
  return {
    focus,
    rawFocus,
    facts,
    clients: async () => clientList(x),
    async windows() {
      const [ids, workspace] = await Promise.all([clientList(x), shownWorkspace(x)])
      const windows = await Promise.all(ids.toReversed().map((id) => describe(x, facts, id, workspace)))
      return windows.filter((window) => window !== undefined)
    },
    rectOf: async (id) => contentRect(x, Number(id)).catch(() => undefined),
    windowAt: async (point) => clientAt(x, point),
  }
}

type FindOwner = (raw: number, clients: readonly number[]) => Promise<string | undefined>

/** What was found once holds for as long as that top-level window is there: an inner window is never another's. */
function remembered(find: FindOwner): FindOwner {
  const known = new Map<number, string>()
  return async (raw, clients) => {
    const before = known.get(raw)
    if (before !== undefined && clients.includes(Number(before))) return before
    // Windows come and go for as long as Waggle runs.
    for (const [id, owner] of known) if (!clients.includes(Number(owner))) known.delete(id)
    const owner = await find(raw, clients)
    if (owner !== undefined) known.set(raw, owner)
    return owner
  }
}

/** The top-level windows, rearmost first. */
export async function clientList(x: X11Connection): Promise<number[]> {
  const { data } = await x.property(x.root, '_NET_CLIENT_LIST_STACKING')
  return data.length > 0 ? words(data) : listedByTree(x)
}

/** A window manager that tells no order (dwm) frames no windows either: the server's own order is theirs. */
async function listedByTree(x: X11Connection): Promise<number[]> {
  const { data } = await x.property(x.root, '_NET_CLIENT_LIST')
  const listed = words(data)
  if (listed.length === 0) return listed
  const { children } = await tree(x, x.root)
  return listed.toSorted((a, b) => children.indexOf(a) - children.indexOf(b))
}

/** Undefined where the window manager knows of no workspaces. */
export async function shownWorkspace(x: X11Connection): Promise<number | undefined> {
  const { data } = await x.property(x.root, '_NET_CURRENT_DESKTOP')
  return words(data)[0]
}

/**
 * The top-level window that a click at this point reaches. A frame may hold several of them (tabs), of which it shows one:
 * the server is asked, level by level, and nothing is remembered.
 */
async function clientAt(x: X11Connection, { x: left, y: top }: Point): Promise<string | undefined> {
  const childAt = async (parent: number) =>
    x.ask<{ child: number }>((done) =>
      x.client.TranslateCoordinates(x.root, parent, Math.round(left), Math.round(top), done),
    )
  const [{ child: frame }, clients] = await Promise.all([childAt(x.root), clientList(x)])
  let current = frame
  for (let depth = 0; current !== 0 && depth < MAX_DEPTH; depth++) {
    if (clients.includes(current)) return String(current)
    current = (await childAt(current).catch(() => ({ child: 0 }))).child
  }
  // The frame itself, its title or edge.
  return frame === 0 ? undefined : clientIn(x, frame, clients)
}

/** The top-level window that this one is or lies in. */
async function ownerOf(
  x: X11Connection,
  window: number,
  clients: readonly number[],
): Promise<string | undefined> {
  let current = window
  for (let depth = 0; current > 1 && current !== x.root && depth < MAX_DEPTH; depth++) {
    if (clients.includes(current)) return String(current)
    current = (await tree(x, current)).parent
  }
  return undefined
}

/** The top-level window whose frame, or which itself, is this child of the root. */
export async function clientIn(
  x: X11Connection,
  frame: number,
  clients: readonly number[],
): Promise<string | undefined> {
  let level: readonly number[] = [frame]
  for (let depth = 0; level.length > 0 && depth < MAX_DEPTH; depth++) {
    const client = level.find((id) => clients.includes(id))
    if (client !== undefined) return String(client)
    level = (await Promise.all(level.map((id) => tree(x, id)))).flatMap(({ children }) => children)
  }
  return undefined
}

async function describe(
  x: X11Connection,
  facts: WindowFactsOf,
  id: number,
  shown: number | undefined,
): Promise<DesktopWindow | undefined> {
  try {
    // Looked up once more: what has changed meanwhile is told before the rectangle.
    const [rect] = await Promise.all([contentRect(x, id), facts(id)])
    const { pid, title, app, minimized, shaded, workspace } = await facts(id)
    if (pid === process.pid) return undefined
    const isElsewhere = workspace !== undefined && shown !== undefined && workspace !== shown
    const hidden = isElsewhere ? 'elsewhere' : shaded ? 'shaded' : undefined
    return { id: String(id), title, app, rect, minimized, ...given({ hidden, pid }) }
  } catch {
    return undefined // it closed while it was asked about
  }
}

/** Without parent and children when the window has closed meanwhile. */
export async function tree(
  x: X11Connection,
  id: number,
): Promise<{ parent: number; children: readonly number[] }> {
  const asked = x.ask<{ parent: number; children: number[] }>((done) => x.client.QueryTree(id, done))
  return asked.catch(() => ({ parent: 0, children: [] }))
}

export async function contentRect(x: X11Connection, id: number): Promise<Rect> {
  const [size, place] = await Promise.all([
    x.ask<{ width: number; height: number }>((done) => x.client.GetGeometry(id, done)),
    x.ask<{ destX: number; destY: number }>((done) => x.client.TranslateCoordinates(id, x.root, 0, 0, done)),
  ])
  return { x: place.destX, y: place.destY, width: size.width, height: size.height }
}
