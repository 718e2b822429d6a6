import { around, overlap } from '../../../contract/rects'
import type { Desktop, Picture, Rect } from '../../desktop/desktop'

/** What the screens show in the part of this rectangle that lies on them. */
export async function shownIn(rect: Rect, desktop: Pick<Desktop, 'picture' | 'screens'>): Promise<Picture> {
  const all = around(await desktop.screens())
  return desktop.picture((all && overlap(rect, all)) ?? rect)
}

export function isSamePicture(a: Picture, b: Picture): boolean {
  return a.width === b.width && a.height === b.height && Buffer.compare(a.rgba, b.rgba) === 0
}
