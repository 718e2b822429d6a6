import type { XEvent } from 'x11'
import type { X11Connection } from './connection'

/** How long an owner may take for each of its answers. */
const PATIENCE_MS = 2000
const PROPERTY_CHANGE = 0x400000
const NEW_VALUE = 0

/** What a selection holds in one of its forms. */
export interface Form {
  readonly type: number
  readonly data: Buffer
}

export interface Question {
  readonly selection: number
  readonly target: number
  readonly patienceMs?: number
}

/** Asks the owners of selections for what they hold. */
export class SelectionReader {
  readonly #x: X11Connection
  /** Windows of ours that answers are put on: each question has one to itself. */
  readonly #free: number[] = []
  readonly #asked = new Map<number, Answer>()
  /** Windows that an answer may yet come for. They stay: xclip ends of answering to one that is gone, and what it has with it. */
  readonly #owed = new Set<number>()

  constructor(x: X11Connection) {
    this.#x = x
    x.onEvent((event) => {
      if (event.name === 'SelectionNotify') this.#asked.get(event.requestor)?.tell(event)
      if (event.name === 'SelectionNotify') void this.#settle(event.requestor)
      if (event.name === 'PropertyNotify') this.#asked.get(event.wid)?.tell(event)
    })
  }

  /**
   * What the selection holds in the form `target`; undefined when there is no owner or it has no such form. Rejects once the
   * owner has said nothing for `patienceMs`.
   */
  async read({ selection, target, patienceMs = PATIENCE_MS }: Question): Promise<Form | undefined> {
    const window = this.#free.pop() ?? this.#open()
    const answer = new Answer(patienceMs, this.#x.atom('WAGGLE_TEXT'))
    this.#asked.set(window, answer)
    try {
      const form = await this.#ask(window, answer, { selection, target })
      this.#free.push(window)
      return form
    } catch (error) {
      // An answer that comes after all is not to be taken for one to the next question.
      this.#owed.add(window)
      throw error
    } finally {
      this.#asked.delete(window)
    }
  }

  /** Its late answer has come whole: it can be asked with again. One that comes in pieces nobody takes any more. */
  async #settle(window: number): Promise<void> {
    if (!this.#owed.delete(window)) return
    const { type } = await this.#x.property(window, 'WAGGLE_TEXT', true)
    if (type !== this.#x.atom('INCR')) this.#free.push(window)
  }

  #open(): number {
    const { client, root } = this.#x
    const window = client.AllocID()
    client.CreateWindow(window, root, -10, -10, 1, 1, 0, 0, 0, 0, { eventMask: PROPERTY_CHANGE })
    return window
  }

  async #ask(window: number, answer: Answer, { selection, target }: Question): Promise<Form | undefined> {
    const { client, atom, property } = this.#x
    const told = answer.told()
    client.ConvertSelection(window, selection, target, atom('WAGGLE_TEXT'))
    if ((await told).property === 0) return undefined
    const first = await property(window, 'WAGGLE_TEXT', true)
    if (first.type !== atom('INCR')) return first
    // A long one comes in pieces (ICCCM 2.7.2): deleting the property asks for the next one, an empty one ends it.
    const pieces: Buffer[] = []
    for (;;) {
      await answer.piece()
      const { type, data } = await property(window, 'WAGGLE_TEXT', true)
      if (data.length === 0) return { type, data: Buffer.concat(pieces) }
      pieces.push(data)
    }
  }
}

/** What the server tells of one question. Events may come before anybody waits for them. */
class Answer {
  readonly #patienceMs: number
  readonly #property: number
  #isDeleted = false
  #pieces = 0
  #notify: XEvent | undefined
  #wake: () => void = () => undefined

  constructor(patienceMs: number, property: number) {
    this.#patienceMs = patienceMs
    this.#property = property
  }

  tell(event: XEvent): void {
    if (event.name === 'SelectionNotify') this.#notify = event
    else if (event.atom !== this.#property) return
    else if (event.state !== NEW_VALUE) this.#isDeleted = true
    // The first value of all announces the pieces.
    else if (this.#isDeleted) {
      this.#isDeleted = false
      this.#pieces += 1
    }
    this.#wake()
  }

  async told(): Promise<XEvent> {
    return this.#next(() => this.#notify)
  }

  async piece(): Promise<void> {
    await this.#next(() => (this.#pieces > 0 ? this.#pieces-- : undefined))
  }

  async #next<T>(take: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new Error(`the clipboard's owner did not answer within ${this.#patienceMs} ms`))
      }, this.#patienceMs)
      const look = () => {
        const taken = take()
        if (taken === undefined) return
        clearTimeout(late)
        this.#wake = () => undefined
        resolve(taken)
      }
      this.#wake = look
      look()
    })
  }
}
