import type { Desktop, DesktopWindow, Rect } from './desktop'
import type { X11Connection } from './x11-connection'

/** How far a window may be nested below the root: frame, client and some toolkits' inner windows. */
const MAX_DEPTH = 8

type Windows = Pick<Desktop, 'windows' | 'activeWindow' | 'windowAt' | 'raise'>

/** What other programs' windows are called, where they stand and which has the focus, over X11 (EWMH, ICCCM). */
export function createX11Windows(x: X11Connection): Windows {
  async function clientList(): Promise<number[]> {
    const { data } = await x.property(x.root, '_NET_CLIENT_LIST_STACKING')
    return words(data)
  }

  /** The windows from this one up to, but without, the root. */
  async function lineage(window: number): Promise<number[]> {
    const line: number[] = []
    let current = window
    while (current > 1 && current !== x.root && line.length < MAX_DEPTH) {
      line.push(current)
      current = await parentOf(x, current)
    }
    return line
  }

  async function describe(id: number): Promise<DesktopWindow | undefined> {
    try {
      const [rect, title, app, state, pid] = await Promise.all([
        contentRect(x, id),
        titleOf(x, id),
        x.property(id, 'WM_CLASS'),
        x.property(id, '_NET_WM_STATE'),
        x.property(id, '_NET_WM_PID'),
      ])
      if (words(pid.data)[0] === process.pid) return undefined
      const minimized = words(state.data).includes(x.atom('_NET_WM_STATE_HIDDEN'))
      return { id: String(id), title, app: lastString(app.data), rect, minimized }
    } catch {
      return undefined // it closed while it was asked about
    }
  }

  return {
    async windows() {
      const ids = (await clientList()).toReversed()
      const windows = await Promise.all(ids.map(describe))
      return windows.filter((window) => window !== undefined)
    },

    async activeWindow() {
      // The input focus, not _NET_ACTIVE_WINDOW: that one is the window manager's account of it and lags behind.
      const { focus } = await x.ask<{ focus: number }>((done) => x.client.GetInputFocus(done))
      if (focus <= 1) return undefined
      const clients = await clientList()
      if (clients.includes(focus)) return String(focus)
      const line = await lineage(focus)
      const owner = line.find((id) => clients.includes(id))
      return owner === undefined ? undefined : String(owner)
    },

    async windowAt(point) {
      const { child } = await x.ask<{ child: number }>((done) =>
        x.client.TranslateCoordinates(x.root, x.root, Math.round(point.x), Math.round(point.y), done),
      )
      if (child === 0) return undefined
      const clients = await clientList()
      if (clients.includes(child)) return String(child)
      for (const id of clients) {
        const line = await lineage(id)
        if (line.includes(child)) return String(id)
      }
      return undefined
    },

    async raise(id) {
      // Source 2 (a pager, a person's tool): window managers do not apply focus-stealing prevention to it.
      x.client.SendClientMessage(x.root, Number(id), x.atom('_NET_ACTIVE_WINDOW'), 32, [2, 0, 0, 0, 0])
    },
  }
}

/** 0 when the window has closed meanwhile. */
async function parentOf(x: X11Connection, id: number): Promise<number> {
  const tree = x.ask<{ parent: number }>((done) => x.client.QueryTree(id, done))
  return tree.then(({ parent }) => parent).catch(() => 0)
}

async function contentRect(x: X11Connection, id: number): Promise<Rect> {
  const [size, place] = await Promise.all([
    x.ask<{ width: number; height: number }>((done) => x.client.GetGeometry(id, done)),
    x.ask<{ destX: number; destY: number }>((done) => x.client.TranslateCoordinates(id, x.root, 0, 0, done)),
  ])
  return { x: place.destX, y: place.destY, width: size.width, height: size.height }
}

async function titleOf(x: X11Connection, id: number): Promise<string> {
  const modern = await x.property(id, '_NET_WM_NAME')
  if (modern.data.length > 0) return modern.data.toString('utf8')
  const old = await x.property(id, 'WM_NAME')
  return old.data.toString(old.type === x.atom('STRING') ? 'latin1' : 'utf8')
}

/** WM_CLASS holds two strings, each ended by NUL: the instance, then the class. */
function lastString(data: Buffer): string {
  const parts = data.toString('latin1').split('\0')
  return parts.findLast((part) => part !== '') ?? ''
}

function words(data: Buffer): number[] {
  return Array.from({ length: Math.floor(data.length / 4) }, (_, index) => data.readUInt32LE(index * 4))
}
