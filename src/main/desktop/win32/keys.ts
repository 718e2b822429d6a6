import type { Aim, Chord, KeyName, Miss } from '../desktop'
import type { UnsafeKeys } from '../unsafe-keys'
import { input, processes } from './calls'
import type { Foreground } from './foreground'
import type { Person } from './person'
import { pump, pumpUntil } from './message-window'
import { isAt, OWN_MARK, send } from './pointer'
import { ownerOf } from './programs'
import { integrityOf, isAbove } from './rights'
import { sizes, type Input } from './structs'
import { activeWindow, focusWithin, rootOf } from './windows'

const virtualKeys: Readonly<Record<KeyName, number>> = {
  A: 0x41,
  C: 0x43,
  V: 0x56,
  LeftControl: 0xa2,
  LeftShift: 0xa0,
  LeftSuper: 0x5b,
  Enter: 0x0d,
  Backspace: 0x08,
  End: 0x23,
  Down: 0x28,
  Add: 0x6b,
  Insert: 0x2d,
}
/** Their twins are keys of the number block. */
const extended: readonly KeyName[] = ['End', 'Down', 'Insert', 'LeftSuper']
const [EXTENDED, KEY_UP] = [1, 2] as const
const DOWN = 0x8000
const LAST_KEY = 0xfe
const GET_STICKY_KEYS = 0x3a
const [LATCHED, LOCKED] = [0xff000000, 0x00ff0000] as const
/** A menu is open, or a window is being moved: the keys go there. */
const KEYS_ELSEWHERE = 0x02 | 0x04 | 0x08 | 0x10
/** For a pointer that Wine shows elsewhere for a moment. */
const POINTER_MS = 60
/** How long keys may take to come through. */
const THROUGH_MS = 100

/** Keys that are what they are meant to be, in the window they are meant for, or are not pressed. */
export class Keys {
  readonly #person: Person
  readonly #foreground: Foreground
  /** Our own rights, which no program that we send to may exceed. */
  readonly #level = integrityOf(process.pid, processes) ?? Infinity

  constructor(person: Person, foreground: Foreground) {
    this.#person = person
    this.#foreground = foreground
  }

  press({ windowId, point, restMs = 0 }: Aim, chords: readonly Chord[]): Miss | undefined {
    pump()
    const wasElsewhere = this.#foreground.follow(windowId)
    if (this.#person.idleMs() < restMs) return 'person-active'
    const unsafe = unsafeKeys() ?? this.unsafeIn(windowId)
    if (unsafe) return unsafe
    if (activeWindow() !== windowId) return 'focus-elsewhere'
    const within = focusWithin(Number(windowId))
    if (within && (within.flags & KEYS_ELSEWHERE) !== 0) return 'keyboard-grabbed'
    if (within && within.focus !== 0 && rootOf(within.focus) !== windowId) return 'focus-elsewhere'
    if (point && !pumpUntil(() => isAt(point), POINTER_MS)) return 'pointer-moved'
    this.#strike(chords.flatMap(strokes))
    pump()
    // Windows gives keys to the window that has the focus once they come through, and another may have had it for an instant.
    if (activeWindow() !== windowId || wasElsewhere())
      throw new Error('The focus went to another window while keys were pressed, which may have got them.')
    return undefined
  }

  #strike(inputs: readonly Input[]): void {
    const { areThrough, isWhole } = this.#person.follow(inputs.length)
    send(inputs)
    pumpUntil(areThrough, THROUGH_MS)
    if (!isWhole())
      throw new Error('Another key came between those that were pressed, and may have changed them.')
  }

  /** Says why keys would not reach that window at all. */
  unsafeIn(windowId: string): UnsafeKeys | undefined {
    return isAbove(ownerOf(Number(windowId)).pid, this.#level, processes) ? 'above-our-rights' : undefined
  }
}

/** Any key or button that is down would change ours or be changed by them. */
export function unsafeKeys(): UnsafeKeys | undefined {
  for (let key = 1; key <= LAST_KEY; key += 1) if (input.GetAsyncKeyState(key) & DOWN) return 'key-held'
  const sticky = { cbSize: sizes.STICKYKEYS, flags: 0 }
  input.GetStickyKeys(GET_STICKY_KEYS, sizes.STICKYKEYS, sticky, 0)
  if ((sticky.flags & LATCHED) !== 0) return 'modifier-latched'
  return (sticky.flags & LOCKED) === 0 ? undefined : 'modifier-locked'
}

function strokes(chord: Chord): Input[] {
  return [...chord.map((key) => stroke(key, 0)), ...chord.toReversed().map((key) => stroke(key, KEY_UP))]
}

function stroke(key: KeyName, flags: number): Input {
  const wVk = virtualKeys[key]
  const dwFlags = flags | (extended.includes(key) ? EXTENDED : 0)
  return {
    type: 1,
    u: { ki: { wVk, wScan: input.MapVirtualKey(wVk, 0), dwFlags, time: 0, extra: OWN_MARK } },
  }
}
