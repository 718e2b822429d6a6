/** @typedef {import('./raster.mjs').Layer} Layer */

/** As src/main/shell/tray-state.ts names them. */
export const trayMoods = /** @type {const} */ (['idle', 'delivering', 'waiting', 'paused', 'attention'])

/**
 * The hexagon, flat side up: outline when idle, filled while delivering, with a clock's hands while it waits for you,
 * with a bar when paused, with a dot when it needs someone. Widths are given in pixels of the small size so that strokes stay whole there.
 * @param {(typeof trayMoods)[number]} mood
 * @param {number} size in pixels at scale 1
 * @param {string} colour
 * @returns {Layer[]}
 */
export function trayIcon(mood, size, colour) {
  const px = 1 / size
  const stroke = Math.max(1.6, size / 11) * px
  const radius = 0.5 - 0.5 * px
  const filled = { inside: hexagon(0.5, 0.5, radius, 0.09), colour }
  const outline = [filled, { inside: hexagon(0.5, 0.5, radius - stroke / COS30, 0.06), erase: true }]
  const dot = { x: 0.79, y: 0.24, r: 0.19 }
  /** @type {Record<(typeof trayMoods)[number], Layer[]>} */
  const drawings = {
    idle: outline,
    delivering: [filled],
    waiting: [...outline, ...hands(size).map((inside) => ({ inside, colour }))],
    paused: [...outline, { inside: bar(0.5, 0.5, 0.2, (size >= 22 ? 1.5 : 1) * px), colour }],
    attention: [
      ...outline,
      { inside: disc(dot.x, dot.y, dot.r + 1.25 * px), erase: true },
      { inside: disc(dot.x, dot.y, dot.r), colour },
    ],
  }
  return drawings[mood]
}

/**
 * Three o'clock: one hand up, one to the right, on whole pixels of the small size.
 * @param {number} size
 */
function hands(size) {
  const thick = Math.max(2, Math.round(size / 12))
  const left = Math.floor((size - thick) / 2) - Math.floor(thick / 2)
  const foot = Math.round((size + thick) / 2)
  const at = (/** @type {number} */ pixels) => pixels / size
  return [
    rectangle(at(left), at(foot - Math.round(size * 0.31)), at(left + thick), at(foot)),
    rectangle(at(left), at(foot - thick), at(left + Math.round(size * 0.31)), at(foot)),
  ]
}

/**
 * The app's icon: a honey hexagon with the run of a bee's dance across it.
 * @returns {Layer[]}
 */
export function appIcon() {
  return [
    { inside: hexagon(0.5, 0.5, 0.485, 0.1), colour: '#f7c455', colourBelow: '#e39a1c' },
    { inside: wave(0.5, 0.5, 0.27, 0.085, 0.034), colour: '#1c1403' },
  ]
}

const COS30 = Math.sqrt(3) / 2

/**
 * Flat top and bottom, corners rounded by `round`, `radius` from the middle to where the sharp corner would be.
 * @param {number} cx @param {number} cy @param {number} radius @param {number} round
 */
function hexagon(cx, cy, radius, round) {
  const apothem = radius * COS30 - round
  return (/** @type {number} */ x, /** @type {number} */ y) => {
    const [px, py] = [Math.abs(x - cx), Math.abs(y - cy)]
    const over = Math.max(COS30 * px + 0.5 * py, py) - apothem
    if (over <= 0) return true
    return distanceOutside(px, py, apothem) <= round
  }
}

/**
 * Distance from a point outside (first quadrant) to the sharp hexagon of this apothem.
 * @param {number} px @param {number} py @param {number} apothem
 */
function distanceOutside(px, py, apothem) {
  const corner = apothem / COS30
  const [top, shoulder, side] = [
    { x: 0, y: apothem },
    { x: corner / 2, y: apothem },
    { x: corner, y: 0 },
  ]
  return Math.min(distanceToSegment(px, py, top, shoulder), distanceToSegment(px, py, shoulder, side))
}

/** @typedef {{ readonly x: number, readonly y: number }} Point */

/** @param {number} px @param {number} py @param {Point} from @param {Point} to */
function distanceToSegment(px, py, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const share = ((px - from.x) * dx + (py - from.y) * dy) / (dx * dx + dy * dy)
  const along = Math.min(1, Math.max(0, share))
  return Math.hypot(px - from.x - along * dx, py - from.y - along * dy)
}

/** @param {number} cx @param {number} cy @param {number} r */
function disc(cx, cy, r) {
  return (/** @type {number} */ x, /** @type {number} */ y) => Math.hypot(x - cx, y - cy) <= r
}

/** @param {number} cx @param {number} cy @param {number} halfWidth @param {number} halfHeight */
function bar(cx, cy, halfWidth, halfHeight) {
  return (/** @type {number} */ x, /** @type {number} */ y) =>
    Math.abs(x - cx) <= halfWidth && Math.abs(y - cy) <= halfHeight
}

/** @param {number} left @param {number} top @param {number} right @param {number} bottom */
function rectangle(left, top, right, bottom) {
  return (/** @type {number} */ x, /** @type {number} */ y) =>
    x >= left && x <= right && y >= top && y <= bottom
}

/**
 * A sine run of two periods with round ends.
 * @param {number} cx @param {number} cy @param {number} half @param {number} height @param {number} thick
 */
function wave(cx, cy, half, height, thick) {
  const points = Array.from({ length: 161 }, (_, i) => {
    const t = i / 80 - 1
    return { x: cx + t * half, y: cy + Math.sin(t * 2 * Math.PI) * height }
  })
  return (/** @type {number} */ x, /** @type {number} */ y) =>
    Math.abs(y - cy) <= height + thick &&
    points.some((point) => Math.hypot(x - point.x, y - point.y) <= thick)
}
