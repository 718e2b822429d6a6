import type { X11Connection } from './connection'

/** One client of a display can have this of the root: its window manager. */
const SUBSTRUCTURE_REDIRECT = 1 << 20

/**
 * True where a window manager has been and is no more: what it said of the windows still stands there, and none of them takes the
 * focus for sure. False on a desktop that never had one that says so.
 */
export async function hasManagerGone(x: X11Connection): Promise<boolean> {
  const [{ data }, { allEventMasks }] = await Promise.all([
    x.property(x.root, '_NET_SUPPORTING_WM_CHECK'),
    x.ask<{ allEventMasks: number }>((done) => x.client.GetWindowAttributes(x.root, done)),
  ])
  return data.length > 0 && (allEventMasks & SUBSTRUCTURE_REDIRECT) === 0
}
