import type { Point } from '../desktop'
import { input, screen } from './calls'
import { sizes, type Input } from './structs'

/** What every input of ours carries with it; no hand and no other program sends it. */
export const OWN_MARK = 0x57414747

const IDC_IBEAM = 32513
const [X_VIRTUAL, Y_VIRTUAL, WIDTH_VIRTUAL, HEIGHT_VIRTUAL] = [76, 77, 78, 79] as const
const SM_SWAPBUTTON = 23
const [MOVE, LEFT_DOWN, LEFT_UP, RIGHT_DOWN, RIGHT_UP] = [1, 2, 4, 8, 0x10] as const
const [VIRTUAL_DESKTOP, ABSOLUTE] = [0x4000, 0x8000] as const
/** The whole desktop is so many steps wide and high to the calls. */
const STEPS = 65_536

export function cursor(): Point {
  const point: Partial<Point> = {}
  input.GetCursorPos(point)
  return { x: point.x ?? 0, y: point.y ?? 0 }
}

export function isAt({ x, y }: Point): boolean {
  const now = cursor()
  return now.x === x && now.y === y
}

/** True while the pointer is shown as over text. */
export function isTextPointer(): boolean {
  const info = { cbSize: sizes.CURSORINFO, flags: 0, cursor: 0, pt: { x: 0, y: 0 } }
  return input.GetCursorInfo(info) !== 0 && info.cursor === input.LoadCursor(0, IDC_IBEAM)
}

const step = (at: number, from: number, size: number) => Math.ceil(((at - from) * STEPS) / size + 0.5)

/** The pointer put there: to the middle of the step that stands for the pixel, so that rounding hits it. */
export function moveInput({ x, y }: Point): Input {
  const metric = screen.GetSystemMetrics
  return mouseInput(
    MOVE | ABSOLUTE | VIRTUAL_DESKTOP,
    step(x, metric(X_VIRTUAL), metric(WIDTH_VIRTUAL)),
    step(y, metric(Y_VIRTUAL), metric(HEIGHT_VIRTUAL)),
  )
}

/** The main button, down and up; which one that is is the person's choice. */
export function clickInputs(): Input[] {
  const isSwapped = screen.GetSystemMetrics(SM_SWAPBUTTON) !== 0
  return (isSwapped ? [RIGHT_DOWN, RIGHT_UP] : [LEFT_DOWN, LEFT_UP]).map((flags) => mouseInput(flags, 0, 0))
}

/** Everything in one call: nothing of anybody else's comes between. */
export function send(inputs: readonly Input[]): void {
  const sent = input.SendInput(inputs.length, inputs, sizes.INPUT)
  if (sent !== inputs.length) throw new Error(`Windows took ${sent} of ${inputs.length} keys or clicks`)
}

function mouseInput(dwFlags: number, dx: number, dy: number): Input {
  return { type: 0, u: { mi: { dx, dy, mouseData: 0, dwFlags, time: 0, extra: OWN_MARK } } }
}
