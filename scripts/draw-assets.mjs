// Draws the tray icons and the app icon from one description: a hexagon. Run it after a change: node scripts/draw-assets.mjs
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rasterise } from './draw/raster.mjs'
import { appIcon, trayIcon, trayMoods } from './draw/shapes.mjs'
import { encodePng } from './draw/png.mjs'

const assets = join(dirname(fileURLToPath(import.meta.url)), '..', 'assets')

/** Stands out at more than 3:1 on black and on white panels alike. */
const MID_TONE = '#a9781f'
const SIZES = [16, 22, 32]

/** @param {string} path @param {number} size @param {import('./draw/raster.mjs').Layer[]} layers */
function draw(path, size, layers) {
  writeFileSync(join(assets, path), encodePng(size, rasterise(size, layers)))
}

mkdirSync(join(assets, 'tray'), { recursive: true })
for (const mood of trayMoods) {
  for (const size of SIZES) {
    for (const [scale, suffix] of /** @type {const} */ ([
      [1, ''],
      [2, '@2x'],
    ])) {
      draw(`tray/${mood}-${size}${suffix}.png`, size * scale, trayIcon(mood, size, MID_TONE))
      draw(`tray/${mood}-${size}-Template${suffix}.png`, size * scale, trayIcon(mood, size, '#000000'))
    }
  }
}
draw('icon.png', 512, appIcon())
