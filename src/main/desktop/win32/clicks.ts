import { isSameRect } from '../../../contract/rects'
import { FOCUS_MS, type ClickAim, type Miss, type Point } from '../desktop'
import type { Person } from './person'
import { unsafeKeys, type Keys } from './keys'
import { looksOf } from './picture'
import { pump, pumpUntil } from './message-window'
import { clickInputs, cursor, isAt, isTextPointer, moveInput, send } from './pointer'
import { activeWindow, contentOf, isMinimized, windowAt } from './windows'
import { hasSettled, takePointerAlong } from './wine'

/** How long the pointer may take to be where it was put; Wine shows it where it was before for a moment, so it is put there again. */
const ARRIVE_MS = 40
const ARRIVE_TRIES = 3
/** How long a window may take to show the pointer as over text, in ms. */
const OVER_TEXT_MS = 1000
/** For how long the pointer must be one for text where the place looks otherwise. */
const SURELY_TEXT_MS = 250

/** Clicks that reach the window they are meant for, or nothing. */
export class Clicks {
  readonly #person: Person
  readonly #keys: Keys
  /** How the place of the last click looked before it. */
  #before: string | undefined

  constructor(person: Person, keys: Keys) {
    this.#person = person
    this.#keys = keys
  }

  move(to: Point): void {
    takePointerAlong(to, this.#person)
    this.#person.noteOwnPlace(to.x, to.y)
    send([moveInput(to)])
  }

  /** Undefined where no text can be written at the pointer, or the pointer is elsewhere. */
  inputLook(at: Point): string | undefined {
    return isAt(at) && isTextPointer() ? this.#before : undefined
  }

  click(aim: ClickAim): Miss | undefined {
    pump()
    const { windowId, point, place, looks = [] } = aim
    const miss = this.#unfit(aim) ?? this.#arrive(point)
    if (miss) return miss
    this.#before = place && looksOf(place)
    const isKnown = looks.length === 0 || looks.includes(this.#before ?? '')
    const missed = (isKnown ? undefined : this.#notAnInput(aim)) ?? this.#unfit(aim)
    if (missed) return missed
    if (!isAt(point)) return 'pointer-moved'
    send(clickInputs())
    return pumpUntil(() => activeWindow() === windowId, FOCUS_MS) ? undefined : 'focus-elsewhere'
  }

  #unfit({ windowId, point, rect, restMs = 0 }: ClickAim): Miss | undefined {
    pump()
    if (this.#person.idleMs() < restMs) return 'person-active'
    const unsafe = unsafeKeys() ?? this.#keys.unsafeIn(windowId)
    if (unsafe) return unsafe
    // Nothing of it can be seen; it stands where it was once it is raised.
    if (isMinimized(Number(windowId))) return 'covered'
    if (rect && !isSameRect(rect, contentOf(Number(windowId)))) return 'moved'
    return windowAt(point) === windowId ? undefined : 'covered'
  }

  #arrive(point: Point): Miss | undefined {
    for (let tries = 0; tries < ARRIVE_TRIES; tries += 1) {
      this.move(point)
      if (pumpUntil(() => isAt(point), ARRIVE_MS) && pumpUntil(hasSettled(), ARRIVE_MS) && isAt(point))
        return undefined
    }
    return 'pointer-moved'
  }

  /** A place that looks otherwise than the input did: it may be a draft or a button, which the pointer's shape tells. */
  #notAnInput({ point, place, looks = [], restMs = 0 }: ClickAim): Miss | undefined {
    let since: number | undefined
    const isInput = () => {
      this.#before = place && looksOf(place)
      if (looks.includes(this.#before ?? '')) return true
      since = isAt(point) && isTextPointer() ? (since ?? performance.now()) : undefined
      return since !== undefined && performance.now() - since >= SURELY_TEXT_MS
    }
    const isOver = pumpUntil(() => this.#person.idleMs() < restMs || isInput(), OVER_TEXT_MS)
    if (this.#person.idleMs() < restMs) return 'person-active'
    return isOver ? undefined : 'no-text'
  }

  pointer(): Point {
    return cursor()
  }
}
