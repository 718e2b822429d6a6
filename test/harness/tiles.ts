/** Physical screen pixels. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What a window manager's frame takes of a tile: the title above, a border on each side. */
const FRAME = { top: 26, side: 4, bottom: 8 }
const GAP = 6

/** Places for `count` windows, up to four in a row, whose frames overlap nowhere within `area`: each its content's rectangle. */
export function tiles(count: number, area: Rect = { x: 0, y: 0, width: 1280, height: 800 }): Rect[] {
  const columns = Math.min(4, Math.max(1, count))
  const rows = Math.max(1, Math.ceil(count / columns))
  const width = Math.floor(area.width / columns)
  const height = Math.floor(area.height / rows)
  return Array.from({ length: count }, (_, index) => ({
    x: area.x + (index % columns) * width + GAP / 2 + FRAME.side,
    y: area.y + Math.floor(index / columns) * height + GAP / 2 + FRAME.top,
    width: width - GAP - 2 * FRAME.side,
    height: height - GAP - FRAME.top - FRAME.bottom,
  }))
}
