import type { XEvent } from 'x11'
import type { X11Connection } from './connection'

const DEADLINE_MS = 2000

/** What a clipboard holds in one of its forms. */
export interface Form {
  readonly type: number
  readonly data: Buffer
}

/** Asks the clipboard's owner for what it holds, one question after the other. */
export class SelectionReader {
  readonly #x: X11Connection
  readonly #window: number
  #onEvent: (event: XEvent) => void = () => undefined
  #last: Promise<unknown> = Promise.resolve()

  /** `window` is one of ours that gets property events: answers are put on it. */
  constructor(x: X11Connection, window: number) {
    this.#x = x
    this.#window = window
    x.onEvent((event) => this.#onEvent(event))
  }

  /** The clipboard in the form `target`; undefined when there is no owner or it has no such form. Rejects after 2 s. */
  async read(target: number): Promise<Form | undefined> {
    const mine = this.#last.then(async () => this.#read(target))
    this.#last = mine.catch(() => undefined)
    return mine
  }

  async #read(target: number): Promise<Form | undefined> {
    const { client, atom, property } = this.#x
    const reply = await this.#next(
      // XFixes tells of a new owner by an event of the same name, which has no requestor.
      (event) => event.name === 'SelectionNotify' && event.requestor === this.#window,
      () => client.ConvertSelection(this.#window, atom('CLIPBOARD'), target, atom('WAGGLE_TEXT')),
    )
    if (reply.property === 0) return undefined
    const first = await property(this.#window, 'WAGGLE_TEXT', true)
    return first.type === atom('INCR') ? this.#inPieces() : first
  }

  /** A long one comes in pieces (ICCCM 2.7.2): deleting the property asks for the next one, an empty one ends it. */
  async #inPieces(): Promise<Form> {
    const { atom, property } = this.#x
    const pieces: Buffer[] = []
    for (;;) {
      await this.#next(
        (event) => event.name === 'PropertyNotify' && event.atom === atom('WAGGLE_TEXT') && event.state === 0,
      )
      const { type, data } = await property(this.#window, 'WAGGLE_TEXT', true)
      if (data.length === 0) return { type, data: Buffer.concat(pieces) }
      pieces.push(data)
    }
  }

  #next(isWanted: (event: XEvent) => boolean, ask: () => void = () => undefined): Promise<XEvent> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#onEvent = () => undefined
        reject(new Error(`the clipboard's owner did not answer within ${DEADLINE_MS} ms`))
      }, DEADLINE_MS)
      this.#onEvent = (event) => {
        if (!isWanted(event)) return
        clearTimeout(timer)
        this.#onEvent = () => undefined
        resolve(event)
      }
      ask()
    })
  }
}
