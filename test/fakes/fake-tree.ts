import { contains, type Rect } from '../../src/contract/rects'
import type { Clock } from '../../src/main/clock'
import type {
  Look,
  Place,
  SeenInput,
  Sureness,
  TerminalText,
  Tree,
  Unreadable,
} from '../../src/main/looking/look'

/** What has a window's focus when it is not its input. */
export interface OtherFocus {
  readonly role: string
  readonly name: string
  readonly isQuestion: boolean
  readonly text?: string
}

/** A window of a program that shows its tree, with one input. */
export class FakeTreeWindow {
  /** How long after a change the tree shows it, in ms. */
  latencyMs = 0
  placeholder = ''
  isRich = false
  isDisabled = false
  sure: Sureness = 'exact'
  otherFocus: OtherFocus | undefined
  /** Why nothing can be seen in this window now. */
  unreadable: Unreadable | undefined
  /** False where the page has no input any more. */
  hasInput = true
  readonly #clock: Clock
  readonly #waiting = new Set<() => void>()
  #text = ''
  #shown = ''

  constructor(
    readonly place: Place,
    /** Whether the trees were on when its program started. */
    readonly isRegistered: boolean,
    clock: Clock,
  ) {
    this.#clock = clock
  }

  /** Where its input stands: around the point. */
  get rect(): Rect {
    const { x, y } = this.place.point
    return { x: x - 100, y: y - 20, width: 200, height: 40 }
  }

  get text(): string {
    return this.#text
  }

  /** Takes the text at once and shows it after `latencyMs`. */
  set text(text: string) {
    this.#text = text
    if (this.latencyMs === 0) this.#show(text)
    else this.#clock.setTimer(this.latencyMs, () => this.#show(text))
  }

  look(focused: boolean): Look {
    if (this.unreadable) return unreadable(this.unreadable, this.place)
    if (focused && this.otherFocus?.isQuestion === true) return { kind: 'elsewhere', ...this.otherFocus }
    if (!this.hasInput) return unreadable('no-input', this.place)
    if (this.isDisabled) return { kind: 'disabled' }
    if (focused && this.otherFocus) return { kind: 'elsewhere', ...this.otherFocus }
    const text = this.sure === 'weak' ? '' : this.#shown
    const blank = text === '' ? ({ means: 'tree', shown: this.placeholder } as const) : undefined
    return {
      kind: 'text',
      means: 'tree',
      sure: this.sure,
      text,
      blank,
      isRich: this.isRich,
      rect: this.rect,
    }
  }

  async changed(deadlineMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const end = (): void => {
        this.#waiting.delete(end)
        callOff()
        resolve()
      }
      const callOff = this.#clock.setTimer(deadlineMs, end)
      this.#waiting.add(end)
    })
  }

  #show(text: string): void {
    this.#shown = text
    for (const wake of this.#waiting) wake()
  }
}

/** Trees in memory: windows whose inputs a test fills, locks and lets answer late. */
export class FakeTree implements Tree {
  readonly windows: FakeTreeWindow[] = []
  /** What windows of terminals show, by their titles. */
  readonly terminals = new Map<string, TerminalText>()
  /** Every look so far, by the window's title. */
  readonly looks: string[] = []
  on = true
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  openWindow(place: Place): FakeTreeWindow {
    const window = new FakeTreeWindow(place, this.on, this.#clock)
    this.windows.push(window)
    return window
  }

  async find(place: Place): Promise<SeenInput | Extract<Look, { kind: 'unreadable' | 'elsewhere' }>> {
    const window = this.windows.find(
      ({ place: { pid, title } }) => pid === place.pid && title === place.title,
    )
    if (!window?.isRegistered) return unreadable(this.on ? 'not-registered' : 'off', place)
    const found = window.look(true)
    if (found.kind === 'unreadable') return found
    if (!window.hasInput || !contains(window.rect, place.point))
      return found.kind === 'elsewhere' ? found : unreadable('no-input', place)
    return {
      look: async ({ focused }) => {
        this.looks.push(place.title)
        return window.look(focused)
      },
      changed: async (deadlineMs) => window.changed(deadlineMs),
    }
  }

  async readTerminal(place: Place): Promise<TerminalText | Extract<Look, { kind: 'unreadable' }>> {
    return this.terminals.get(place.title) ?? unreadable('not-registered', place)
  }

  async isOn(): Promise<boolean> {
    return this.on
  }

  async turn(on: boolean): Promise<void> {
    this.on = on
  }

  close(): void {
    this.windows.length = 0
  }
}

function unreadable(why: Unreadable, { title }: Place): Extract<Look, { kind: 'unreadable' }> {
  return { kind: 'unreadable', why, cure: `The cure of “${why}” for ${title}.` }
}
