import type { CursorImage } from 'x11'
import type { X11Connection } from './connection'

/** Whether the pointer is shown, at this instant, as programs show it over text that can be written into. */
export async function isTextPointer(x: X11Connection): Promise<boolean> {
  return isTextCursor(await x.ask<CursorImage>((done) => x.extensions.fixes.GetCursorImage(done)))
}

/**
 * An I-beam, by its shape, since neither program nor theme names it: narrow, and pointing with its middle. Arrows and hands
 * point with an end; what else points with its middle (a cross, a ring, a clock) is as wide as high.
 */
export function isTextCursor({ width, height, xhot, yhot, cursorImage }: CursorImage): boolean {
  // Blue, green, red, alpha.
  const all = Array.from({ length: width * height }, (_, index) => index)
  const drawn = all.filter((index) => cursorImage[index * 4 + 3] !== 0)
  const columns = extent(drawn.map((index) => index % width))
  const rows = extent(drawn.map((index) => Math.floor(index / width)))
  return columns.size <= rows.size * 0.65 && isMiddle(xhot, columns) && isMiddle(yhot, rows)
}

interface Extent {
  readonly from: number
  readonly size: number
}

function extent(places: readonly number[]): Extent {
  const from = Math.min(...places)
  return { from, size: Math.max(...places) - from + 1 }
}

function isMiddle(place: number, { from, size }: Extent): boolean {
  return Math.abs(place - (from + (size - 1) / 2)) <= size / 4 + 0.5
}
