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

/** @param {number} x @param {number} y @param {number} size @param {Layer[]} layers */
function pixel(x, y, size, layers) {
  const sum = [0, 0, 0, 0]
  const samples = samplesFor(size)
  for (let i = 0; i < samples * samples; i += 1) {
    const u = (x + ((i % samples) + 0.5) / samples) / size
    const v = (y + (Math.floor(i / samples) + 0.5) / samples) / size
    const colour = sample(u, v, layers)
    if (colour) for (let c = 0; c < 4; c += 1) sum[c] += c === 3 ? 255 : colour[c]
  }
  const covered = sum[3] / 255
  if (covered === 0) return [0, 0, 0, 0]
  const [r, g, b] = sum
  return [
    Math.round(r / covered),
    Math.round(g / covered),
    Math.round(b / covered),
    Math.round(sum[3] / samples ** 2),
  ]
}

/** @param {number} u @param {number} v @param {Layer[]} layers */
function sample(u, v, layers) {
  let colour
  for (const layer of layers) {
    if (layer.inside(u, v)) colour = layer.erase ? undefined : colourAt(layer, v)
  }
  return colour
}

/** @param {Layer} layer @param {number} v */
function colourAt({ colour = '#000000', colourBelow = colour }, v) {
  const [from, to] = [channels(colour), channels(colourBelow)]
  return from.map((value, i) => value + (to[i] - value) * v)
}

/** @param {string} hex */
function channels(hex) {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
}
