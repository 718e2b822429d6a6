import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Rect } from '../../src/main/desktop/desktop'
import { encodePng, rgbaFromBgr, shrink } from '../../src/main/desktop/picture'
import { takePicture } from '../../src/main/desktop/screen-picture'

test('blue, green, red becomes red, green, blue, and what follows a line is left out', () => {
  const data = Uint8Array.from([1, 2, 3, 0, 9, 9, 9, 9, 4, 5, 6, 0, 9, 9, 9, 9])
  const { rgba } = rgbaFromBgr({ width: 1, height: 2, byteWidth: 8, data })
  expect([...rgba]).toEqual([3, 2, 1, 255, 6, 5, 4, 255])
})

test('a smaller picture keeps the shape and the mean colour', () => {
  const rgba = Uint8Array.from([0, 0, 0, 255, 100, 0, 0, 255, 0, 200, 0, 255, 0, 0, 60, 255])
  const small = shrink({ width: 2, height: 2, rgba }, 1)
  expect({ ...small, rgba: [...small.rgba] }).toEqual({ width: 1, height: 1, rgba: [25, 50, 15, 255] })
})

test('a PNG holds the pixels that went in', async () => {
  const rgba = Uint8Array.from([1, 2, 3, 255, 4, 5, 6, 255])
  const png = await encodePng({ width: 2, height: 1, rgba })
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2, 1])
  const at = png.indexOf('IDAT')
  expect([...inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))]).toEqual([0, ...rgba])
})

/** Two monitors, the left one lower; pixels without any order, which no PNG can pack. */
function noisyDesk() {
  const asked: Rect[] = []
  return {
    asked,
    screens: async () => [
      { x: 0, y: 0, width: 1280, height: 1024 },
      { x: -800, y: 100, width: 800, height: 600 },
    ],
    picture: async (rect: Rect) => {
      asked.push(rect)
      const rgba = new Uint8Array(rect.width * rect.height * 4)
      let seed = 1
      for (let index = 0; index < rgba.length; index += 1) {
        seed = (seed * 48_271) % 2_147_483_647
        rgba[index] = seed
      }
      return { width: rect.width, height: rect.height, rgba }
    },
  }
}

describe('a picture of the screens', () => {
  test('without a rectangle shows them all, negative origins too', async () => {
    const desk = noisyDesk()
    const { rect } = await takePicture(desk, undefined, 64)
    expect(rect).toEqual({ x: -800, y: 0, width: 2080, height: 1024 })
    expect(desk.asked).toEqual([rect])
  })

  test('is cut off at the edge of the screens', async () => {
    const { rect } = await takePicture(noisyDesk(), { x: 1200.5, y: -50, width: 400, height: 100 }, 64)
    expect(rect).toEqual({ x: 1200, y: 0, width: 80, height: 50 })
  })

  test('of a place off every screen is refused, not grabbed', async () => {
    const desk = noisyDesk()
    const off = takePicture(desk, { x: 5000, y: 0, width: 10, height: 10 }, 64)
    await expect(off).rejects.toMatchObject({ code: 1006 })
    expect(desk.asked).toEqual([])
  })

  test('fits one line of the pipe, however hard it is to pack', async () => {
    const { png } = await takePicture(noisyDesk(), undefined, 16_384)
    expect(png.length).toBeLessThan(1_040_000)
  })
})
