export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The smallest rectangle around all of them; undefined when there are none. */
export function extent(rects: readonly Rect[]): Rect | undefined {
  if (rects.length === 0) return undefined
  const x = Math.min(...rects.map((rect) => rect.x))
  const y = Math.min(...rects.map((rect) => rect.y))
  const right = Math.max(...rects.map((rect) => rect.x + rect.width))
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height))
  return { x, y, width: right - x, height: bottom - y }
}

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
