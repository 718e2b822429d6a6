import type { Xinerama } from 'x11'
import type { Rect } from '../desktop'
import type { X11Connection } from './connection'

/**
 * The monitors of an X server, asked for anew each time, since they come and go. Xinerama's list is made by RandR from
 * its monitors, in one question; without the extension, or with no monitor in it, the whole root counts as one.
 */
export async function openX11Screens(x: X11Connection): Promise<() => Promise<readonly Rect[]>> {
  const root: Rect = { x: 0, y: 0, ...x.size }
  const xinerama = await x.ask<Xinerama>((done) => x.client.require('xinerama', done)).catch(() => undefined)
  if (!xinerama) return async () => [root]
  return async () => {
    const monitors = await x.ask<Rect[]>((done) => xinerama.QueryScreens(done))
    return monitors.length === 0 ? [root] : distinct(monitors)
  }
}

/** Mirrored monitors show the same place: one is enough. */
function distinct(monitors: readonly Rect[]): Rect[] {
  return monitors.filter((one, index) => monitors.findIndex((other) => isSame(one, other)) === index)
}

function isSame(a: Rect, b: Rect): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
}
