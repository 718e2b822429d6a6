import { crc32, deflate } from 'node:zlib'
import { promisify } from 'node:util'
import type { Picture, Point, Rect } from './desktop'

/** What nut-js grabs: blue, green, red and a byte without meaning a pixel; lines may be longer than they are wide. */
interface Grabbed {
  readonly width: number
  readonly height: number
  readonly byteWidth: number
  readonly data: Uint8Array
}

export function rgbaFromBgr({ width, height, byteWidth, data }: Grabbed): Picture {
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y += 1) {
    let from = y * byteWidth
    let to = y * width * 4
    for (let x = 0; x < width; x += 1, from += 4, to += 4) {
      rgba[to] = data[from + 2] ?? 0
      rgba[to + 1] = data[from + 1] ?? 0
      rgba[to + 2] = data[from] ?? 0
      rgba[to + 3] = 255
    }
  }
  return { width, height, rgba }
}

/**
 * The part of a screen's picture around a point, of that size in the screen's pixels, moved inwards at the edges. The
 * picture may have more pixels than the screen counts.
 */
export function cut(
  { rect, picture }: { readonly rect: Rect; readonly picture: Picture },
  around: Point,
  size: { readonly width: number; readonly height: number },
): Picture {
  const density = picture.width / rect.width
  const width = Math.min(picture.width, Math.round(size.width * density))
  const height = Math.min(picture.height, Math.round(size.height * density))
  const left = inside((around.x - rect.x) * density - width / 2, picture.width - width)
  const top = inside((around.y - rect.y) * density - height / 2, picture.height - height)
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y += 1) {
    const from = ((top + y) * picture.width + left) * 4
    rgba.set(picture.rgba.subarray(from, from + width * 4), y * width * 4)
  }
  return { width, height, rgba }
}

function inside(value: number, most: number): number {
  return Math.min(Math.max(0, Math.floor(value)), most)
}

/** The picture at most `maxWidth` pixels wide, its shape kept; each pixel is the mean of those that it stands for. */
export function shrink(picture: Picture, maxWidth: number): Picture {
  if (picture.width <= maxWidth) return picture
  const width = Math.max(1, Math.floor(maxWidth))
  const height = Math.max(1, Math.round((picture.height * width) / picture.width))
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y += 1) {
    const rows = span(y, height, picture.height)
    for (let x = 0; x < width; x += 1) {
      mean(picture, span(x, width, picture.width), rows, rgba, (y * width + x) * 4)
    }
  }
  return { width, height, rgba }
}

type Span = readonly [from: number, to: number]

/** The pixels that one of `count` parts of a side stands for: at least one. */
function span(index: number, count: number, side: number): Span {
  const from = Math.floor((index * side) / count)
  return [from, Math.max(from + 1, Math.floor(((index + 1) * side) / count))]
}

function mean(
  { width, rgba }: Picture,
  [left, right]: Span,
  [top, bottom]: Span,
  to: Uint8Array,
  at: number,
) {
  let [red, green, blue] = [0, 0, 0]
  for (let y = top; y < bottom; y += 1) {
    for (let index = (y * width + left) * 4; index < (y * width + right) * 4; index += 4) {
      red += rgba[index] ?? 0
      green += rgba[index + 1] ?? 0
      blue += rgba[index + 2] ?? 0
    }
  }
  const count = (right - left) * (bottom - top)
  to[at] = red / count
  to[at + 1] = green / count
  to[at + 2] = blue / count
  to[at + 3] = 255
}

const deflated = promisify<Uint8Array, { level: number }, Buffer>(deflate)
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** The picture as a PNG; the packing runs beside the main thread, quickly rather than tightly. */
export async function encodePng({ width, height, rgba }: Picture): Promise<Buffer> {
  const stride = width * 4
  const lines = Buffer.alloc((stride + 1) * height)
  for (let y = 0; y < height; y += 1) {
    lines.set(rgba.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8) // 8 bits a channel, RGBA
  const packed = await deflated(lines, { level: 3 })
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', packed),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  out.set(body, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
