import type { SeenWindow } from '../../contract/desktop-look'
import { contains, type Point, type Rect } from '../../contract/rects'

/**
 * The physical pixel under a point of the page that covers a screen. Only the page's own size counts, so it is right
 * whatever the display's scale is.
 */
export function onScreen(
  point: Point,
  page: { readonly width: number; readonly height: number },
  screen: Rect,
): Point {
  const x = Math.floor(screen.x + (point.x * screen.width) / page.width)
  const y = Math.floor(screen.y + (point.y * screen.height) / page.height)
  return within({ x, y }, screen)
}

/** The pixel of the screen that is nearest. */
export function within({ x, y }: Point, screen: Rect): Point {
  return {
    x: Math.min(Math.max(x, screen.x), screen.x + screen.width - 1),
    y: Math.min(Math.max(y, screen.y), screen.y + screen.height - 1),
  }
}

/** The frontmost window there, as a click would find it. */
export function windowUnder(place: Point, windows: readonly SeenWindow[]): SeenWindow | undefined {
  return windows.find(({ rect, minimized }) => !minimized && contains(rect, place))
}

/** Where in the screen, as a share of its width and height in per cent: for `left` and `top`. */
export function share({ x, y }: Point, screen: Rect): { readonly left: string; readonly top: string } {
  return {
    left: `${((x - screen.x) / screen.width) * 100}%`,
    top: `${((y - screen.y) / screen.height) * 100}%`,
  }
}
