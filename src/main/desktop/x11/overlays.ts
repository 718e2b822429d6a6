import { overlap } from '../../../contract/rects'
import type { Rect } from '../desktop'
import type { X11Connection } from './connection'
import { words } from './window-facts'
import { clientIn, clientList, contentRect, tree } from './windows'

/** A window whose parents are shown, too. */
const VIEWABLE = 2

/**
 * Where windows stand that no window manager manages: what the server shows on its root, without the frames of listed windows
 * and without Waggle's own. Frontmost first.
 */
export async function overlaysOf(x: X11Connection): Promise<readonly Rect[]> {
  const [{ children }, clients] = await Promise.all([tree(x, x.root), clientList(x)])
  const screen = { x: 0, y: 0, ...x.size }
  const shown = await Promise.all(
    children.map(async (id) => {
      try {
        if (!(await isShown(x, id)) || (await clientIn(x, id, clients)) !== undefined) return undefined
        const [rect, { data }] = await Promise.all([contentRect(x, id), x.property(id, '_NET_WM_PID')])
        return words(data)[0] === process.pid ? undefined : overlap(rect, screen)
      } catch {
        return undefined // it closed while it was asked about
      }
    }),
  )
  return shown.filter((rect) => rect !== undefined).toReversed()
}

async function isShown(x: X11Connection, id: number): Promise<boolean> {
  const { mapState } = await x.ask<{ mapState: number }>((done) => x.client.GetWindowAttributes(id, done))
  return mapState === VIEWABLE
}
