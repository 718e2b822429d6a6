import {
  Button,
  Key,
  keyboard,
  mouse,
  Point as NutPoint,
  providerRegistry,
  Region,
  screen,
} from '@nut-tree-fork/nut-js'
import type { Chord, Desktop, Picture } from '../desktop'
import { rgbaFromBgr } from '../picture'

// nut-js waits 100 ms after each mouse action and 300 ms before each key unless it is told not to, and its native part
// adds about a millisecond to each key of its own (measured: 1.2 ms a chord, 0.2 without).
mouse.config.autoDelayMs = 0
keyboard.config.autoDelayMs = 0
providerRegistry.getKeyboard().setKeyboardDelay(0)
providerRegistry.getMouse().setMouseDelay(0)

/**
 * Mouse and keyboard by nut-js. Load this file only where there is a display: without one the native part ends the
 * process. Its promises resolve whether or not anything happened; positions must be on a screen (nut-js clicks near
 * 0, 0 for NaN or a negative one).
 */
export const nutPointer: Pick<Desktop, 'pointer' | 'movePointer' | 'inputLook' | 'overlays'> = {
  async pointer() {
    const { x, y } = await mouse.getPosition()
    return { x, y }
  },
  async movePointer({ x, y }) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) throw new RangeError(`no such point: ${x}, ${y}`)
    await mouse.setPosition(new NutPoint(Math.round(x), Math.round(y)))
  },
  /** The library does not tell how the pointer is shown. */
  inputLook: async () => undefined,
  /** What lies over windows is among the windows there. */
  overlays: async () => [],
}

export const nutPress = {
  async click(): Promise<void> {
    await mouse.click(Button.LEFT)
  },
  async keys(chords: readonly Chord[]): Promise<void> {
    for (const chord of chords) await keyboard.type(...chord.map((key) => Key[key]))
  },
}

/** A picture of the screen by nut-js, which knows one plane of pixels that begins at 0, 0 (measured: 6 to 16 ms). */
export const nutScreen: Pick<Desktop, 'picture'> = {
  async picture({ x, y, width, height }): Promise<Picture> {
    const grabbed = await screen.grabRegion(new Region(x, y, width, height))
    return rgbaFromBgr(grabbed)
  },
}
