import type { Clock } from '../../clock'
import type { Desktop, Picture } from '../../desktop/desktop'
import type { Input } from './input'
import { NotSubmitted } from './not-submitted'
import type { Target } from './locate'
import { isSamePicture, shownIn } from './shown'

/** How long a program in a terminal may take to show that something has been typed. */
const SHOWN_MS = 3000
const POLL_MS = 15
/** How much can be taken out again key by key. */
const MAX_ERASED = 2000

interface TerminalDeps {
  readonly desktop: Pick<Desktop, 'picture' | 'screens'>
  readonly clock: Clock
}

/**
 * A window whose text cannot be read: what was typed is known by the program having asked for it, by the window having
 * had the focus at every key, and by a change on the screen.
 */
export class Terminal {
  readonly #target: Target
  readonly #input: Input
  readonly #deps: TerminalDeps

  constructor(target: Target, input: Input, deps: TerminalDeps) {
    this.#target = target
    this.#input = input
    this.#deps = deps
  }

  /** Pastes the text; `taken` runs once the window's program has it. Returns when the screen shows a change. */
  async paste(text: string, taken: () => void): Promise<void> {
    const before = await this.#picture()
    await this.#input.pasteOnly(text)
    taken()
    await this.#changed(before, 'text-mismatch', 'took the paste, but nothing changed on its screen')
  }

  /** Returns once the screen shows a change after the submit key and the window still has the focus. */
  async submit(press: () => Promise<void>): Promise<void> {
    const before = await this.#picture()
    await press()
    await this.#changed(before, 'submit-unconfirmed', 'showed no change after the submit key')
    await this.#input.checkFocus()
  }

  /** Takes a pasted line out again; false when it cannot be, since lines of it may have been run. */
  async takeOut(text: string): Promise<boolean> {
    const characters = Array.from(text).length
    if (text.includes('\n') || characters > MAX_ERASED) return false
    await this.#input.refocus()
    await this.#input.eraseCharacters(characters)
    return true
  }

  async #changed(before: Picture, code: 'text-mismatch' | 'submit-unconfirmed', what: string): Promise<void> {
    const { clock } = this.#deps
    const end = clock.monotonic() + SHOWN_MS
    while (isSamePicture(before, await this.#picture())) {
      if (clock.monotonic() > end) throw new NotSubmitted(code, `"${this.#target.window.title}" ${what}.`)
      await clock.wait(POLL_MS)
    }
  }

  async #picture(): Promise<Picture> {
    return shownIn(this.#target.window.rect, this.#deps.desktop)
  }
}
