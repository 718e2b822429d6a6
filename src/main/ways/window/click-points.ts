import type { Clock } from '../../clock'
import type { Point, Rect } from '../../desktop/desktop'

/** Two clicks closer than this in time and place count as a double click (Windows allows up to 900 ms, toolkits 5 px). */
const DOUBLE_CLICK_MS = 1000
const DOUBLE_CLICK_DISTANCE = 8
/** A double or triple click is one with the last two, so that three places are enough. */
const asides = [0, -DOUBLE_CLICK_DISTANCE, DOUBLE_CLICK_DISTANCE]

/** Where to click for a point in a window that stands there. */
export type ClickPoint = (target: Point, window: Rect) => Point

/**
 * A click that counts as a double click selects a word, in an empty input even one outside of it, and what is pasted then
 * goes astray. Chromium compares a click with the last one in any window, each by its place in its window: two windows of
 * one size, clicked one after the other, are enough. So a click goes a little beside the last two.
 */
export function createClickPoints(clock: Pick<Clock, 'monotonic'>): ClickPoint {
  let recent: { readonly place: Point; readonly at: number }[] = []
  return (target, window) => {
    const now = clock.monotonic()
    recent = recent.filter(({ at }) => now - at < DOUBLE_CLICK_MS)
    const placeOf = (aside: number): Point => ({ x: target.x + aside - window.x, y: target.y - window.y })
    const isFree = ({ x, y }: Point) =>
      recent.every(({ place }) => Math.hypot(place.x - x, place.y - y) >= DOUBLE_CLICK_DISTANCE)
    const aside = asides.find((one) => isFree(placeOf(one))) ?? 0
    recent = [...recent.slice(-1), { place: placeOf(aside), at: now }]
    return { x: target.x + aside, y: target.y }
  }
}
