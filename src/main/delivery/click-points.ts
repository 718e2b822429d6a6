import type { Clock } from '../clock'
import type { Point } from '../desktop/desktop'

/** Two clicks closer than this in time and place count as a double click somewhere (Windows allows up to 900 ms). */
const DOUBLE_CLICK_MS = 1000
const DOUBLE_CLICK_DISTANCE = 12

/** How far beside its target a click may go, nearest first. */
const asides = [0, -1, 1, -2, 2].map((steps) => steps * DOUBLE_CLICK_DISTANCE)

/**
 * Gives the point to click for each target point. A second click at the same place soon after the first would be a double
 * click, even with clicks into other windows between them: it selects a word, in an empty input even one outside of it,
 * and what is pasted then goes astray. So such a click goes a little to the side.
 */
export function createClickPoints(clock: Clock): (target: Point) => Point {
  let recent: { readonly point: Point; readonly at: number }[] = []
  return (target) => {
    const now = clock.monotonic()
    recent = recent.filter(({ at }) => now - at < DOUBLE_CLICK_MS)
    const isFree = (point: Point) =>
      recent.every(
        (click) => Math.hypot(click.point.x - point.x, click.point.y - point.y) >= DOUBLE_CLICK_DISTANCE,
      )
    const free = asides.map((aside) => ({ x: target.x + aside, y: target.y })).find(isFree)
    const point = free ?? target
    recent.push({ point, at: now })
    return point
  }
}
