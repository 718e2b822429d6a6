/** A point; in physical screen pixels unless its user says otherwise. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A rectangle, as {@link Point}. */
export interface Rect extends Point {
  readonly width: number
  readonly height: number
}

/** True when the point lies in the rectangle; its right and lower edge are outside. */
export function contains(rect: Rect, { x, y }: Point): boolean {
  return x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height
}

export function isSameRect(a: Rect, b: Rect | undefined): boolean {
  return a.x === b?.x && a.y === b.y && a.width === b.width && a.height === b.height
}

/** The part that both cover, in whole pixels; undefined when they do not meet. */
export function overlap(a: Rect, b: Rect): Rect | undefined {
  const x = Math.max(Math.floor(a.x), Math.floor(b.x))
  const y = Math.max(Math.floor(a.y), Math.floor(b.y))
  const right = Math.min(Math.ceil(a.x + a.width), Math.ceil(b.x + b.width))
  const bottom = Math.min(Math.ceil(a.y + a.height), Math.ceil(b.y + b.height))
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : undefined
}

/** The smallest rectangle that holds them all; undefined when there are none. */
export function around(rects: readonly Rect[]): Rect | undefined {
  if (rects.length === 0) return undefined
  const x = Math.min(...rects.map((rect) => rect.x))
  const y = Math.min(...rects.map((rect) => rect.y))
  const right = Math.max(...rects.map((rect) => rect.x + rect.width))
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height))
  return { x, y, width: right - x, height: bottom - y }
}
