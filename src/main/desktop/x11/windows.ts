import type { Desktop, DesktopWindow, Point, Rect } from '../desktop'
import type { X11Connection } from './connection'
import { createWindowFacts, words } from './window-facts'

/** How far a window may be nested below the root: frame, client and some toolkits' inner windows. */
const MAX_DEPTH = 8

/** A window of the server's and the top-level window that it belongs to. */
export interface Found {
  readonly raw: number
  readonly owner: string | undefined
}

export interface X11Windows extends Pick<Desktop, 'windows' | 'windowAt' | 'raise'> {
  /** Where the keys go. */
  focus(): Promise<Found>
  /** As {@link focus}, in one question: the server's own id alone. */
  rawFocus(): Promise<number>
  /** What a click would reach. */
  childAt(point: Point): Promise<Found>
  /** As {@link childAt}, in one question. */
  rawChildAt(point: Point): Promise<number>
  /** Undefined when there is no such window any more. */
  rectOf(id: string): Promise<Rect | undefined>
}

/** What other programs' windows are called, where they stand and which has the focus, over X11 (EWMH, ICCCM). */
export function createX11Windows(x: X11Connection): X11Windows {
  // The input focus, not _NET_ACTIVE_WINDOW: that one is the window manager's account of it and lags behind.
  const rawFocus = async () => (await x.ask<{ focus: number }>((done) => x.client.GetInputFocus(done))).focus
  const rawChildAt = async ({ x: left, y: top }: Point) => {
    const { child } = await x.ask<{ child: number }>((done) =>
      x.client.TranslateCoordinates(x.root, x.root, Math.round(left), Math.round(top), done),
    )
    return child
  }
  const facts = createWindowFacts(x)
  const above = remembered(async (raw, clients) => ownerOf(x, raw, clients))
  const below = remembered(async (raw, clients) => clientIn(x, raw, clients))
  const focus = async () => {
    const [raw, clients] = await Promise.all([rawFocus(), clientList(x)])
    return { raw, owner: raw <= 1 ? undefined : await above(raw, clients) }
  }
  const childAt = async (point: Point) => {
    const [raw, clients] = await Promise.all([rawChildAt(point), clientList(x)])
    return { raw, owner: raw === 0 ? undefined : await below(raw, clients) }
  }
  return {
    focus,
    rawFocus,
    childAt,
    rawChildAt,
    async windows() {
      const ids = (await clientList(x)).toReversed()
      const windows = await Promise.all(ids.map((id) => describe(x, facts, id)))
      return windows.filter((window) => window !== undefined)
    },
    rectOf: async (id) => contentRect(x, Number(id)).catch(() => undefined),
    windowAt: async (point) => (await childAt(point)).owner,
    async raise(id) {
      // Source 2 (a pager, a person's tool): window managers do not apply focus-stealing prevention to it.
      x.client.SendClientMessage(x.root, Number(id), x.atom('_NET_ACTIVE_WINDOW'), 32, [2, 0, 0, 0, 0])
    },
  }
}

type Facts = ReturnType<typeof createWindowFacts>
type FindOwner = (raw: number, clients: readonly number[]) => Promise<string | undefined>

/** What was found once holds for as long as that top-level window is there: a frame or an inner window is never another's. */
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
  return words(data)
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

async function describe(x: X11Connection, facts: Facts, id: number): Promise<DesktopWindow | undefined> {
  try {
    // Looked up once more: what has changed meanwhile is told before the rectangle.
    const [rect] = await Promise.all([contentRect(x, id), facts(id)])
    const { pid, ...rest } = await facts(id)
    if (pid === process.pid) return undefined
    return { ...rest, id: String(id), rect, ...(pid !== undefined && { pid }) }
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
