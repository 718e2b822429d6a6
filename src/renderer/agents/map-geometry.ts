import type { Rect } from '../../contract/rects'

/** Where a rectangle lies in another one, for a box that is drawn at any size. */
export function placed(rect: Rect, within: Rect) {
  return {
    left: percent(rect.x - within.x, within.width),
    top: percent(rect.y - within.y, within.height),
    width: percent(rect.width, within.width),
    height: percent(rect.height, within.height),
  }
}

function percent(part: number, whole: number): string {
  return `${(part / whole) * 100}%`
}
