import type { XEvent } from 'x11'
import type { X11Connection } from './connection'
import type { Contents } from './contents'
import type { Form } from './selection'

const [REPLACE, APPEND] = [0, 2] as const
const PROPERTY_CHANGE = 0x400000
const STRUCTURE_NOTIFY = 0x20000
const DELETED = 1
/** One request holds 256 KiB at most. */
const REQUEST_BYTES = 131_072
/** What is longer goes in pieces that are asked for (ICCCM 2.7.2), as a server need not hold it all at once. */
const LONG_BYTES = 1024 * 1024
/** How long whoever asked may take for each piece. */
const PATIENCE_MS = 30_000

interface Place {
  readonly window: number
  readonly property: number
}

/** Answers programs that ask for a selection of ours. */
export class Answers {
  readonly #x: X11Connection
  /** What is handed over in pieces, by window and property. */
  readonly #underWay = new Map<string, () => void>()

  constructor(x: X11Connection) {
    this.#x = x
    x.onEvent(({ name, wid, atom, state }) => {
      if (name === 'PropertyNotify' && state === DELETED) this.#underWay.get(`${wid} ${atom}`)?.()
    })
  }

  /** Gives what it holds in the form asked for, or the list of forms; refuses what is not there. True for a form given. */
  give(request: XEvent, contents: Contents | undefined): boolean {
    const { client, atom } = this.#x
    const { time, requestor, selection, target } = request
    // Old clients leave the property out and mean the target's name (ICCCM 2.2).
    const property = request.property || target
    const form = contents?.get(target)
    const isList = contents !== undefined && target === atom('TARGETS')
    if (form) this.#put({ window: requestor, property }, form)
    else if (isList) {
      const targets = [atom('TARGETS'), ...contents.keys()]
      client.ChangeProperty(REPLACE, requestor, property, atom('ATOM'), 32, targets)
    }
    client.SendEvent(requestor, 0, 0, {
      name: 'SelectionNotify',
      time,
      requestor,
      selection,
      target,
      property: form || isList ? property : 0,
    })
    return form !== undefined
  }

  #put({ window, property }: Place, form: Form): void {
    if (form.data.length <= LONG_BYTES) return this.#write({ window, property }, form.type, form.data)
    const { client, atom } = this.#x
    const key = `${window} ${property}`
    let from = 0
    let late: NodeJS.Timeout | undefined
    const waitForNext = () => {
      clearTimeout(late)
      late = setTimeout(() => this.#underWay.delete(key), PATIENCE_MS).unref()
    }
    // Windows that we know are listened to for both already.
    client.ChangeWindowAttributes(window, { eventMask: PROPERTY_CHANGE | STRUCTURE_NOTIFY })
    this.#underWay.set(key, () => {
      // One request each: every one is news to whoever reads.
      const piece = form.data.subarray(from, from + REQUEST_BYTES)
      from += piece.length
      client.ChangeProperty(REPLACE, window, property, form.type, 8, piece)
      waitForNext()
      // The empty piece, which ends it.
      if (piece.length === 0) {
        clearTimeout(late)
        this.#underWay.delete(key)
      }
    })
    waitForNext()
    client.ChangeProperty(REPLACE, window, property, atom('INCR'), 32, [form.data.length])
  }

  #write({ window, property }: Place, type: number, bytes: Buffer): void {
    const { client } = this.#x
    client.ChangeProperty(REPLACE, window, property, type, 8, bytes.subarray(0, REQUEST_BYTES))
    for (let from = REQUEST_BYTES; from < bytes.length; from += REQUEST_BYTES) {
      client.ChangeProperty(APPEND, window, property, type, 8, bytes.subarray(from, from + REQUEST_BYTES))
    }
  }
}
