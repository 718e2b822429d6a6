import type { MarkAim, Miss, Point, Rect } from '../desktop'
import type { AtOnce } from './at-once'
import type { X11Connection } from './connection'
import { codesFor } from './key-map'
import type { X11Keyboard } from './keyboard'
import type { OwnPresses } from './own-presses'
import type { OwnActs } from './presence'
import { KEY_PRESS, KEY_RELEASE } from './strokes'
import type { X11Windows } from './windows'

const [BUTTON_PRESS, BUTTON_RELEASE, MOTION] = [4, 5, 6] as const
const LEFT = 1
/** "Forward" on a mouse: with Shift down nothing comes of it. The press of another button ends a count of clicks. */
const OTHER = 9
const SHIFT_DOWN = 0x01
/** A window's border is none of its text. */
const BORDER = 3
/** Within 5 pixels of its upper end, times the screen's scale, alacritty scrolls back while a button is down; this is in the first row still. */
const BELOW_SCROLLING = 12

interface Drag {
  /** The key's code. */
  readonly shift: number
  readonly buttons: readonly number[]
  readonly from: Point
  readonly to: Point
}

interface MarkingDeps {
  readonly windows: Pick<X11Windows, 'windowAt' | 'rawFocus' | 'focus' | 'rectOf'>
  readonly acts: OwnActs
  readonly keyboard: X11Keyboard
  readonly presses: OwnPresses
  readonly atOnce: AtOnce
}

/**
 * Marks all that a terminal's window shows, by a drag from its lower right to its upper left corner with Shift down: that
 * keeps clicks from the program in it. All of it, or nothing, is done while other programs are held still.
 */
export class X11Marking {
  readonly #x: X11Connection
  readonly #deps: MarkingDeps

  constructor(x: X11Connection, deps: MarkingDeps) {
    this.#x = x
    this.#deps = deps
  }

  async mark({ windowId, rect, restMs, countsClicks = false }: MarkAim): Promise<Miss | undefined> {
    const { windows, acts, keyboard, atOnce } = this.#deps
    const [{ raw, owner }, map] = await Promise.all([windows.focus(), keyboard.map()])
    const [from, to] = corners(rect)
    const isThere = async () => {
      const [above, below, focus] = await Promise.all([
        windows.windowAt(from),
        windows.windowAt(to),
        windows.rawFocus(),
      ])
      return [above, below, owner].every((one) => one === windowId) && focus === raw
    }
    const sight = { ...(restMs !== undefined && { restMs }), isThere, otherwise: 'covered' } as const
    return atOnce(sight, async ({ group }) => {
      const shift = codesFor(['LeftShift'], map, group)?.code('LeftShift')
      if (shift === undefined) return 'no-such-key'
      const buttons = countsClicks ? [OTHER, LEFT] : [LEFT]
      return acts.own({ keys: [shift], buttons }, async () => this.#drag({ shift, buttons, from, to }))
    })
  }

  async #drag({ shift, buttons, from, to }: Drag): Promise<Miss | undefined> {
    const { presses, keyboard } = this.#deps
    presses.note([
      { kind: 'key', code: shift },
      ...buttons.map((code) => ({ kind: 'button' as const, code })),
    ])
    try {
      this.#fake(KEY_PRESS, shift)
      // Without Shift the program in the terminal would get the mouse.
      const held = await keyboard.held()
      if (held.isGrabbed) return 'keyboard-grabbed'
      if (held.modifiers !== SHIFT_DOWN) return 'modifier-unseen'
      this.#fake(MOTION, 0, from)
      if (buttons.includes(OTHER)) for (const type of [BUTTON_PRESS, BUTTON_RELEASE]) this.#fake(type, OTHER)
      this.#fake(BUTTON_PRESS, LEFT)
      this.#fake(MOTION, 0, { x: Math.round((from.x + to.x) / 2), y: Math.round((from.y + to.y) / 2) })
      this.#fake(MOTION, 0, to)
      this.#fake(BUTTON_RELEASE, LEFT)
      return undefined
    } finally {
      this.#fake(KEY_RELEASE, shift)
      presses.forget()
      // The answer comes once the server has done all that was asked before.
      await keyboard.held()
    }
  }

  #fake(type: number, detail: number, { x, y }: Point = { x: 0, y: 0 }): void {
    this.#x.extensions.xtest.FakeInput(type, detail, 0, this.#x.root, x, y)
  }
}

/** The lower right one first: a menu bar, where there is one, is above. */
function corners({ x, y, width, height }: Rect): [Point, Point] {
  return [
    { x: x + width - BORDER, y: y + height - BORDER },
    { x: x + BORDER, y: y + BELOW_SCROLLING },
  ]
}
