import type { Clock } from '../../clock'
import type { Look, Place, SeenInput, Sureness } from '../look'
import { Asking } from './asking'
import { isInTheMaking, readContent, type ReadContent } from './content'
import { unreadable } from './cures'
import { focusIn } from './focus'
import { NoAnswer, type Ref, type Talk } from './talk'
import type { Wakeups } from './wakeups'

/** An input in the tree of a program, and the window it is in. */
export interface Found {
  readonly input: Ref
  readonly frame: Ref
  readonly talk: Talk
  readonly wakeups: Wakeups
}

interface Deps {
  readonly clock: Clock
  readonly place: Place
  readonly limitMs: number
  /** Finds the input anew, once the object that was found is gone. */
  readonly findAgain: (limitMs: number) => Promise<Found | Look>
}

export function createSeenInput(found: Found, deps: Deps): SeenInput {
  return new SeenObject(found, deps)
}

class SeenObject implements SeenInput {
  #found: Found
  readonly #deps: Deps
  #seen: ReadonlySet<string> = new Set()
  #newsSeen = 0
  /** Monaco shows its text here, or none at all, by a setting: which, is known once it has shown some. */
  #hasShown = false

  constructor(found: Found, deps: Deps) {
    this.#found = found
    this.#deps = deps
  }

  async look({ focused }: { readonly focused: boolean }): Promise<Look> {
    const { clock, limitMs, place, findAgain } = this.#deps
    const end = clock.monotonic() + limitMs
    for (const isLast of [false, true]) {
      const look = await this.#look(focused, end)
      if (look !== 'gone') return look
      if (isLast) break
      const again = await findAgain(end - clock.monotonic())
      if ('kind' in again) return again
      this.#found = again
      this.#hasShown = false
    }
    return unreadable('no-input', place)
  }

  async changed(deadlineMs: number): Promise<void> {
    const { wakeups, input } = this.#found
    await wakeups.changed(input[0], this.#seen, this.#newsSeen, deadlineMs)
  }

  async #look(focused: boolean, end: number): Promise<Look | 'gone'> {
    const { input, frame, talk, wakeups } = this.#found
    const { clock, place } = this.#deps
    const asking = new Asking(talk, clock, end - clock.monotonic())
    this.#newsSeen = wakeups.count
    try {
      const [is, isWindow] = await Promise.all([asking.states(input), asking.states(frame)])
      if (is('defunct')) return 'gone'
      // The page of a window that is not on the screen may stand still in the tree.
      if (!isWindow('showing')) return unreadable('page-empty', place)
      const isBarred = !is('enabled') || !is('sensitive') || is('read-only')
      const focus = focused && !is('focused') ? await focusIn(asking, frame) : undefined
      // While it takes nothing, no input has the focus; a question is asked all the same.
      if (focus?.isQuestion === true) return focus
      if (isBarred) return { kind: 'disabled' }
      const content = await this.#settled(asking, input)
      this.#seen = content.paths
      const isOpen = is('focused') || (content.canEdit ?? is('editable'))
      return isOpen ? (focus ?? (await this.#told(asking, input, content))) : { kind: 'disabled' }
    } catch (error) {
      if (error instanceof NoAnswer && error.why === 'late') return unreadable('timeout', place)
      return 'gone'
    }
  }

  async #settled(asking: Asking, input: Ref): Promise<ReadContent> {
    for (let times = 1; ; times++) {
      const content = await readContent(asking, input)
      if (times === MAKINGS || !(await isInTheMaking(asking, input, content))) return content
      await this.#deps.clock.wait(MAKING_MS)
    }
  }

  async #told(asking: Asking, input: Ref, content: ReadContent): Promise<Look> {
    const [rect, attributes] = await Promise.all([asking.rect(input), asking.attributes(input)])
    const className = attributes['class'] ?? ''
    const whole = content.text.replaceAll('\uFEFF', '')
    const text = whole.replace(/\n$/, '')
    const isHidden = isHiddenField(className, rect)
    if (isHidden && text !== '' && (await asking.selections(input)) === 0) this.#hasShown = true
    const sure = surenessOf(className, isHidden, content.isWhole, text !== '' || this.#hasShown)
    const blank = text === '' ? ({ means: 'tree', shown: content.rest } as const) : undefined
    // Monaco's is a pixel high, at its edge, while its caret is scrolled out of sight.
    const where = rect && rect.width > TINY && rect.height > TINY ? { rect } : {}
    const end = text !== '' && text !== whole ? ({ isOpen: true } as const) : {}
    return { kind: 'text', means: 'tree', sure, text, ...end, blank, isRich: content.isRich, ...where }
  }
}

/** So often, and after so many ms each time, an editor is looked at again whose parts are being made. */
const [MAKINGS, MAKING_MS] = [12, 15] as const

const HIDDEN_CLASS = /\b(inputarea|native-edit-context|monaco|xterm-helper-textarea|ace_text-input)\b/
const TINY = 4

/** A field of a pixel that an editor keeps for the keyboard, while it draws the text elsewhere. */
function isHiddenField(className: string, rect: { width: number; height: number } | undefined): boolean {
  return HIDDEN_CLASS.test(className) || (rect !== undefined && rect.width <= TINY)
}

function surenessOf(className: string, isHidden: boolean, isWhole: boolean, isProven: boolean): Sureness {
  if (isHidden) return isProven ? 'partial' : 'weak'
  return isWhole && !/\bcm-content\b/.test(className) ? 'exact' : 'partial'
}
