/**
 * A shape filled with one colour (or a vertical run of two); `erase` takes away what is below instead.
 * `inside` is asked in units of the whole picture: 0 to 1 in both directions, y down.
 * @typedef {{ inside: (x: number, y: number) => boolean, colour?: string, colourBelow?: string, erase?: boolean }} Layer
 */

/** Samples a pixel in each direction: small pictures need the finer edge. */
const samplesFor = (/** @type {number} */ size) => (size < 100 ? 8 : 3)

/**
 * Paints the layers over each other and gives the picture's RGBA bytes.
 * @param {number} size
 * @param {Layer[]} layers
 */
export function rasterise(size, layers) {
  const rgba = new Uint8Array(size * size * 4)
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) rgba.set(pixel(x, y, size, layers), (y * size + x) * 4)
  }
  return rgba
}

/**
 * @typedef {readonly [red: number, green: number, blue: number]} Colour
 */

/** @param {number} x @param {number} y @param {number} size @param {Layer[]} layers */
function pixel(x, y, size, layers) {
  const samples = samplesFor(size)
  let [red, green, blue, covered] = [0, 0, 0, 0]
  for (let i = 0; i < samples * samples; i += 1) {
    const u = (x + ((i % samples) + 0.5) / samples) / size
    const v = (y + (Math.floor(i / samples) + 0.5) / samples) / size
    const colour = sample(u, v, layers)
    if (!colour) continue
    red += colour[0]
    green += colour[1]
    blue += colour[2]
    covered += 1
  }
  if (covered === 0) return [0, 0, 0, 0]
  const alpha = Math.round((255 * covered) / (samples * samples))
  return [red / covered, green / covered, blue / covered, alpha].map(Math.round)
}

/** @param {number} u @param {number} v @param {Layer[]} layers @returns {Colour | undefined} */
function sample(u, v, layers) {
  const top = layers.findLast((layer) => layer.inside(u, v))
  return top && !top.erase ? colourAt(top, v) : undefined
}

/** @param {Layer} layer @param {number} v @returns {Colour} */
function colourAt({ colour = '#000000', colourBelow = colour }, v) {
  const [from, to] = [channels(colour), channels(colourBelow)]
  return [mix(from[0], to[0], v), mix(from[1], to[1], v), mix(from[2], to[2], v)]
}

/** @param {number} from @param {number} to @param {number} share */
function mix(from, to, share) {
  return from + (to - from) * share
}

/** @param {string} hex @returns {Colour} */
function channels(hex) {
  const value = Number.parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}
