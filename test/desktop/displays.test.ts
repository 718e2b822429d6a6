import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  readDisplays,
  toDip,
  toPhysical,
  type Display,
  type ElectronDisplay,
} from '../../src/main/desktop/displays'
import type { Rect } from '../../src/main/desktop/desktop'

// Displays as systems report them: Electron's account of each, and where the mouse counts it to be.

interface Layout {
  readonly platform: string
  readonly displays: readonly ElectronDisplay[]
  readonly physical: readonly Rect[]
}

const rect = (x: number, y: number, width: number, height: number) => ({ x, y, width, height })

const layouts: Readonly<Record<string, Layout>> = {
  'Windows at 100, 150 and 200 %, the 150 % one left of the primary': {
    platform: 'win32',
    displays: [
      { bounds: rect(0, 0, 1920, 1080), scaleFactor: 1 },
      { bounds: rect(-1707, 0, 1707, 960), scaleFactor: 1.5 },
      { bounds: rect(1920, -300, 1920, 1080), scaleFactor: 2 },
    ],
    physical: [rect(0, 0, 1920, 1080), rect(-2560, 0, 2560, 1440), rect(1920, -600, 3840, 2160)],
  },
  'macOS with a Retina display and a plain one above': {
    platform: 'darwin',
    displays: [
      { bounds: rect(0, 0, 1512, 982), scaleFactor: 2 },
      { bounds: rect(-204, -1080, 1920, 1080), scaleFactor: 1 },
    ],
    physical: [rect(0, 0, 1512, 982), rect(-204, -1080, 1920, 1080)],
  },
  'X11 with everything at 200 %': {
    platform: 'linux',
    displays: [
      { bounds: rect(0, 0, 640, 400), scaleFactor: 2, nativeOrigin: { x: 0, y: 0 } },
      { bounds: rect(640, 50, 960, 540), scaleFactor: 2, nativeOrigin: { x: 1280, y: 100 } },
    ],
    physical: [rect(0, 0, 1280, 800), rect(1280, 100, 1920, 1080)],
  },
  'X11 without an origin from Electron, a monitor left of the primary': {
    platform: 'linux',
    displays: [
      { bounds: rect(0, 0, 1920, 1080), scaleFactor: 1 },
      { bounds: rect(-1280, 56, 1280, 1024), scaleFactor: 1 },
    ],
    physical: [rect(0, 0, 1920, 1080), rect(-1280, 56, 1280, 1024)],
  },
}

function read({ platform, displays, physical }: Layout): Display[] {
  // Windows itself converts; what it said of each display was recorded beside it.
  return readDisplays(platform, displays, (bounds) => {
    const index = displays.findIndex((display) => display.bounds === bounds)
    return physical[index] ?? rect(0, 0, 0, 0)
  })
}

describe.each(Object.entries(layouts))('%s', (_, layout) => {
  const displays = read(layout)

  test('each display is where the mouse counts it', () => {
    expect(displays.map(({ physical }) => physical)).toEqual(layout.physical)
  })

  test('a window that is to cover a display gets that display’s own bounds', () => {
    const covers = layout.physical.map((one) => toDip(one, displays))
    const expected = layout.displays.map(({ bounds: { x, y, width, height } }) => ({
      dipX: x,
      dipY: y,
      dipWidth: width,
      dipHeight: height,
    }))
    expect(covers).toEqual(expected)
  })

  test('there and back, a pixel stays within one step of the scale, on the same display', () => {
    const anywhere = fc.constantFrom(...displays).chain((display) =>
      fc.record({
        display: fc.constant(display),
        x: fc.integer({ min: 0, max: display.physical.width - 4 }),
        y: fc.integer({ min: 0, max: display.physical.height - 4 }),
      }),
    )
    fc.assert(
      fc.property(anywhere, ({ display: { physical, scale }, x, y }) => {
        const point = { x: physical.x + x, y: physical.y + y }
        const { dipX, dipY } = toDip({ ...point, width: 1, height: 1 }, displays)
        const back = toPhysical({ dipX, dipY }, displays)
        expect(Math.abs((back?.x ?? Infinity) - point.x)).toBeLessThanOrEqual(scale)
        expect(Math.abs((back?.y ?? Infinity) - point.y)).toBeLessThanOrEqual(scale)
      }),
    )
  })
})

test('monitors that the X server splits one display into are covered each by itself', () => {
  const displays = read({
    platform: 'linux',
    displays: [{ bounds: rect(0, 0, 700, 450), scaleFactor: 2 }],
    physical: [],
  })
  expect(toDip(rect(800, 100, 600, 700), displays)).toEqual({
    dipX: 400,
    dipY: 50,
    dipWidth: 300,
    dipHeight: 350,
  })
})

test('a point off every display is nowhere, not near the origin', () => {
  const [layout] = Object.values(layouts)
  const displays = layout ? read(layout) : []
  expect(toPhysical({ dipX: -1, dipY: 5000 }, displays)).toBeUndefined()
})

test('where no display is known, a rectangle is taken as it stands', () => {
  expect(toDip(rect(1, 2, 3, 4), [])).toEqual({ dipX: 1, dipY: 2, dipWidth: 3, dipHeight: 4 })
})
