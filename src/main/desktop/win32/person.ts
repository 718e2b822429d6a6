import type { Point } from '../desktop'
import { input } from './calls'
import { cursor, OWN_MARK } from './pointer'
import { sizes } from './structs'

const WM_INPUT = 0xff
const [MOUSE, KEYBOARD] = [2, 6] as const
/** Also while another window has the focus. */
const INPUT_SINK = 0x100
const RID_INPUT = 0x10000003
const HEADER_BYTES = 24
const MOUSE_TYPE = 0
const [MOUSE_EXTRA, KEY_EXTRA] = [HEADER_BYTES + 20, HEADER_BYTES + 12] as const
/** How long a place that we have put the pointer to may be told of as somebody else's move. */
const ECHO_MS = 1000

/**
 * Tells a person's input from our own: ours carries a mark. Raw input is only listened to, unlike a hook, through which
 * every key and move would have to pass, and which the system takes away from a thread that was busy once.
 */
export class Person {
  #stirredAt: number
  #ownHeard = 0
  /** The inputs of ours that went in one call last, by their numbers, and whether a key of somebody else's came between. */
  #batch = { from: 0, to: 0, isBroken: false }
  /** Where the pointer was when it was last looked at. */
  #seen = cursor()
  /** Where we have put it; where it was put last it is ours for as long as it stands there. */
  #own: { readonly x: number; readonly y: number; readonly at: number }[] = []

  constructor(window: number) {
    const last = { cbSize: sizes.LASTINPUTINFO, time: 0 }
    input.GetLastInputInfo(last)
    this.#stirredAt = performance.now() - Math.max(0, input.GetTickCount() - last.time)
    const devices = [MOUSE, KEYBOARD].map((usage) => ({ page: 1, usage, flags: INPUT_SINK, target: window }))
    if (!input.RegisterRawInputDevices(devices, devices.length, sizes.RAWINPUTDEVICE))
      throw new Error('Windows does not tell Waggle when a person uses mouse or keyboard')
  }

  /** For how many ms no person has touched mouse or keyboard. A pointer that has moved tells it, too, whatever the system says. */
  idleMs(): number {
    const now = cursor()
    const hasMoved = now.x !== this.#seen.x || now.y !== this.#seen.y
    if (hasMoved && !this.#isOwn(now)) this.#stirredAt = performance.now()
    this.#seen = now
    return performance.now() - this.#stirredAt
  }

  /** So many inputs of ours go in one call. Answers whether the system has passed all of them on, and whether nobody's key came between. */
  follow(count: number): { readonly areThrough: () => boolean; readonly isWhole: () => boolean } {
    const batch = { from: this.#ownHeard, to: this.#ownHeard + count, isBroken: false }
    this.#batch = batch
    return { areThrough: () => this.#ownHeard >= batch.to, isWhole: () => !batch.isBroken }
  }

  /** We put the pointer there: under Wine the X server tells of it once more, late and without our mark. */
  noteOwnPlace(x: number, y: number): void {
    const at = performance.now()
    this.#own = [...this.#own.filter((place) => at - place.at < ECHO_MS), { x, y, at }]
  }

  hear(message: number, lParam: number): void {
    if (message !== WM_INPUT) return
    const length = [64]
    const raw = Buffer.alloc(64)
    input.GetRawInputData(lParam, RID_INPUT, raw, length, HEADER_BYTES)
    const isMouse = raw.readUInt32LE(0) === MOUSE_TYPE
    if (raw.readUInt32LE(isMouse ? MOUSE_EXTRA : KEY_EXTRA) === OWN_MARK) {
      this.#ownHeard += 1
      return
    }
    const { from, to } = this.#batch
    if (!isMouse && this.#ownHeard > from && this.#ownHeard < to) this.#batch.isBroken = true
    // A wheel or a button is in what stands here; a move alone is judged by where it has led.
    const isMove = isMouse && raw.readUInt16LE(HEADER_BYTES + 4) === 0
    if (!isMove || !this.#isOwn(cursor())) this.#stirredAt = performance.now()
  }

  #isOwn({ x, y }: Point): boolean {
    const oldest = performance.now() - ECHO_MS
    const isRecent = ({ at }: { readonly at: number }) => at > oldest
    return this.#own.some(
      (place, index) => (isRecent(place) || index === this.#own.length - 1) && place.x === x && place.y === y,
    )
  }
}
