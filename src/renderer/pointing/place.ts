import type { Desk, SeenWindow } from '../../contract/desktop-look'

export interface Place {
  readonly x: number
  readonly y: number
}
export type Rect = Desk['screens'][number]['rect']

/**
 * The physical pixel under a point of the page that covers a screen. Only the page's own size counts, so it is right
 * whatever the display's scale is.
 */
export function onScreen(
  point: Place,
  page: { readonly width: number; readonly height: number },
  screen: Rect,
): Place {
  const x = Math.floor(screen.x + (point.x * screen.width) / page.width)
  const y = Math.floor(screen.y + (point.y * screen.height) / page.height)
  return within({ x, y }, screen)
}

/** The pixel of the screen that is nearest. */
export function within({ x, y }: Place, screen: Rect): Place {
  return {
    x: Math.min(Math.max(x, screen.x), screen.x + screen.width - 1),
    y: Math.min(Math.max(y, screen.y), screen.y + screen.height - 1),
  }
}

/** The frontmost window there, as a click would find it. */
export function windowUnder({ x, y }: Place, windows: readonly SeenWindow[]): SeenWindow | undefined {
  return windows.find(
    ({ rect, minimized }) =>
      !minimized && x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height,
  )
}

/** Where in the screen, as a share of its width and height in per cent: for `left` and `top`. */
export function share({ x, y }: Place, screen: Rect): { readonly left: string; readonly top: string } {
  return {
    left: `${((x - screen.x) / screen.width) * 100}%`,
    top: `${((y - screen.y) / screen.height) * 100}%`,
  }
}
