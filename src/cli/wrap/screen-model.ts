import type { Terminal } from '@xterm/headless'
import { drawnScreen } from '../../main/looking/drawn-screen'
import type { Screen } from '../../main/looking/screen'
import { terminalModel } from '../../main/looking/terminal-model'
import type { Size } from './wrapped-program'

interface Deps {
  readonly size: Size
  /** The model has fallen this far behind: the program is to wait. */
  onBehind(isBehind: boolean): void
  /** Answers to a program's questions, for where no terminal of a person's gives them. */
  onAnswer?: ((data: string) => void) | undefined
}

/** How many bytes may wait to be drawn. */
const MOST_BEHIND = 4 * 1024 * 1024

/** What the program has drawn, followed byte for byte. */
export class ScreenModel {
  readonly #terminal: Terminal
  readonly #deps: Deps
  readonly #waiting = new Set<() => void>()
  #behind = 0
  #drawn = 0
  #isBehind = false

  constructor(deps: Deps) {
    this.#deps = deps
    this.#terminal = terminalModel(deps.size.columns, deps.size.rows)
    const { onAnswer } = deps
    if (onAnswer) this.#terminal.onData(onAnswer)
  }

  /** Grows with everything drawn. */
  get drawn(): number {
    return this.#drawn
  }

  /** Undefined while it is behind the program. */
  screen(): Screen | undefined {
    return this.#behind > 0 ? undefined : drawnScreen(this.#terminal)
  }

  feed(bytes: Buffer): void {
    this.#behind += bytes.length
    this.#setBehind(this.#behind > MOST_BEHIND || (this.#isBehind && this.#behind > MOST_BEHIND / 2))
    this.#terminal.write(bytes, () => {
      this.#behind -= bytes.length
      this.#drawn += 1
      if (this.#behind < MOST_BEHIND / 2) this.#setBehind(false)
      if (this.#behind === 0) this.#tell()
    })
  }

  resize({ columns, rows }: Size): void {
    this.#terminal.resize(Math.max(columns, 2), Math.max(rows, 1))
    this.#drawn += 1
    this.#tell()
  }

  /** Resolves once something new is drawn, or after `ms`. */
  changed(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#waiting.delete(done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      this.#waiting.add(done)
    })
  }

  /** Resolves once all that came was drawn. */
  async caughtUp(): Promise<Screen> {
    for (;;) {
      const screen = this.screen()
      if (screen) return screen
      await this.changed(1000)
    }
  }

  #setBehind(isBehind: boolean): void {
    if (isBehind === this.#isBehind) return
    this.#isBehind = isBehind
    this.#deps.onBehind(isBehind)
  }

  #tell(): void {
    for (const done of this.#waiting) done()
  }
}
