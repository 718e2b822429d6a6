import { setTimeout as delay } from 'node:timers/promises'
import { xdotool } from './xdotool'

/** A window of the person's own. */
interface OwnWindow {
  readonly title: string
  /** The centre of its input. */
  input(): Promise<readonly [number, number]>
  focus(): Promise<void>
  text(): Promise<string>
}

/** How long a letter may take to show. */
const SHOWN_MS = 3000

/** Somebody who types into a window of their own while deliveries go on, and looks at what they type. */
export class TypingPerson {
  readonly #window: OwnWindow
  /** What they have typed, as far as they saw it, */
  #typed = ''
  /** and the letter that they pressed then and did not see in time: it may still come. */
  #unseen = ''

  constructor(window: OwnWindow) {
    this.#window = window
  }

  /** Clicks into the window and types; stops where another window has come between, or a letter does not show. */
  async type(letters: string): Promise<void> {
    const [x, y] = await this.#window.input()
    // A second click within half a second is a double click: it would select what stands there, to be typed over.
    await delay(600)
    await this.#window.focus()
    await this.#lookAgain()
    xdotool('mousemove', x, y, 'click', 1)
    // A click into the midst of a long text puts the caret there.
    if (activeTitle() === this.#window.title) xdotool('key', 'ctrl+End')
    for (const letter of letters) {
      // A person looks where they type: a window that has come between gets nothing of it.
      if (activeTitle() !== this.#window.title) return
      xdotool('key', letter)
      if (!(await this.#appears(letter))) return
    }
  }

  /** What stands in their window, and what they have typed: the two are equal, or somebody else has been at it. */
  async compare(): Promise<{ readonly shown: string; readonly typed: string }> {
    await this.#lookAgain()
    return { shown: await this.#text(), typed: this.#typed }
  }

  /** On a busy machine a key is held so long that it repeats. */
  async #text(): Promise<string> {
    return (await this.#window.text()).replaceAll(/(.)\1+/g, '$1')
  }

  async #lookAgain(): Promise<void> {
    if ((await this.#text()) === this.#typed + this.#unseen) this.#typed += this.#unseen
    this.#unseen = ''
  }

  async #appears(letter: string): Promise<boolean> {
    const end = performance.now() + SHOWN_MS
    while (performance.now() < end) {
      if ((await this.#text()) === this.#typed + letter) {
        this.#typed += letter
        return true
      }
    }
    this.#unseen = letter
    return false
  }
}

/** Empty while no window is active, which happens for an instant. */
function activeTitle(): string {
  try {
    return xdotool('getactivewindow', 'getwindowname')
  } catch {
    return ''
  }
}
