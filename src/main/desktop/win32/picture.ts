import { createHash } from 'node:crypto'
import type { Picture, Rect } from '../desktop'
import { rgbaFromBgr } from '../picture'
import { screen } from './calls'
import { sizes } from './structs'

/** With what lies over windows in layers of its own. */
const COPY_WITH_LAYERS = 0x40cc0020
const BITS = 32

/** What is on the screen there now; screens left of and above the first one have negative places. */
export function picture({ x, y, width, height }: Rect): Picture {
  return rgbaFromBgr({ width, height, byteWidth: width * 4, data: pixels({ x, y, width, height }) })
}

/** In short how a place looks. */
export function looksOf(place: Rect): string {
  return createHash('sha1').update(pixels(place)).digest('base64')
}

/** Blue, green, red and a byte without meaning, row by row from the top. */
function pixels({ x, y, width, height }: Rect): Buffer {
  const from = screen.GetDC(0)
  const to = screen.CreateCompatibleDC(from)
  const bitmap = screen.CreateCompatibleBitmap(from, width, height)
  const before = screen.SelectObject(to, bitmap)
  try {
    if (!screen.BitBlt(to, 0, 0, width, height, from, x, y, COPY_WITH_LAYERS))
      throw new Error(`Windows gave no picture of ${width} x ${height} pixels at ${x}, ${y}`)
    screen.SelectObject(to, before)
    const data = Buffer.alloc(width * height * 4)
    // A negative height has the rows begin at the top.
    const info = { size: sizes.BITMAPINFOHEADER, width, height: -height, planes: 1, bitCount: BITS }
    const rest = { compression: 0, sizeImage: 0, xPels: 0, yPels: 0, used: 0, important: 0 }
    screen.GetDIBits(to, bitmap, 0, height, data, { ...info, ...rest }, 0)
    return data
  } finally {
    screen.DeleteObject(bitmap)
    screen.DeleteDC(to)
    screen.ReleaseDC(0, from)
  }
}
