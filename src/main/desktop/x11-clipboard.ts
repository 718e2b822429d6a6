import type { XEvent } from 'x11'
import type { Desktop, Offer } from './desktop'
import type { X11Connection } from './x11-connection'

const READ_DEADLINE_MS = 2000
const textTargets = ['UTF8_STRING', 'text/plain;charset=utf-8', 'TEXT', 'STRING'] as const
const PROPERTY_CHANGE = 0x400000
const REPLACE = 0
const APPEND = 2
const PIECE_BYTES = 131_072

/**
 * The clipboard selection, owned by this very connection (ICCCM 2). The server tells who asks for the text (a paste
 * took it) and that somebody else became its owner (a copy or cut happened); no other clipboard interface does.
 */
export function createX11Clipboard(x: X11Connection): Pick<Desktop, 'offerText' | 'readText'> {
  const window = x.client.AllocID()
  x.client.CreateWindow(window, x.root, -10, -10, 1, 1, 0, 0, 0, 0, { eventMask: PROPERTY_CHANGE })
  const clipboard = x.atom('CLIPBOARD')
  const reader = new SelectionReader(x, window)
  let current: WatchedOffer | undefined

  x.onEvent((event) => {
    if (event.name === 'SelectionRequest') answer(x, event, current)
    if (event.name !== 'SelectionClear' || event.selection !== clipboard) return
    const lost = current
    current = undefined
    if (lost) void tellWhoReplaced(x, lost)
  })

  return {
    async offerText(text, windowId) {
      const offer = new WatchedOffer(text, Number(windowId))
      x.client.SetSelectionOwner(window, clipboard)
      // The SelectionClear of an earlier offer may still be on its way; the reply comes after it, and before any of ours.
      const owner = await x.ask<number>((done) =>
        x.client.GetSelectionOwner(clipboard, (error, now) => {
          current = offer
          done(error, now)
        }),
      )
      if (owner !== window) throw new Error('another program took the clipboard at the same instant')
      return offer
    },
    readText: async () => current?.text ?? reader.read(),
  }
}

async function tellWhoReplaced(x: X11Connection, offer: WatchedOffer): Promise<void> {
  const clipboard = x.atom('CLIPBOARD')
  const owner = await x.ask<number>((done) => x.client.GetSelectionOwner(clipboard, done)).catch(() => 0)
  if (x.sameProgram(owner, offer.forWindow)) offer.update({ replaced: true })
  else offer.update({ stolen: true })
}

/** Asks the clipboard's owner for its text. One question at a time. */
class SelectionReader {
  readonly #x: X11Connection
  readonly #window: number
  #onEvent: (event: XEvent) => void = () => undefined

  constructor(x: X11Connection, window: number) {
    this.#x = x
    this.#window = window
    x.onEvent((event) => this.#onEvent(event))
  }

  async read(): Promise<string> {
    const { client, atom, property } = this.#x
    const reply = await this.#next(
      (event) => event.name === 'SelectionNotify',
      () =>
        client.ConvertSelection(this.#window, atom('CLIPBOARD'), atom('UTF8_STRING'), atom('WAGGLE_TEXT')),
    )
    if (reply.property === 0) return ''
    const first = await property(this.#window, 'WAGGLE_TEXT', true)
    return first.type === atom('INCR') ? this.#inPieces() : first.data.toString('utf8')
  }

  /** A long text comes in pieces (ICCCM 2.7.2): deleting the property asks for the next one, an empty one ends it. */
  async #inPieces(): Promise<string> {
    const { atom, property } = this.#x
    const pieces: Buffer[] = []
    for (;;) {
      await this.#next(
        (event) => event.name === 'PropertyNotify' && event.atom === atom('WAGGLE_TEXT') && event.state === 0,
      )
      const { data } = await property(this.#window, 'WAGGLE_TEXT', true)
      if (data.length === 0) return Buffer.concat(pieces).toString('utf8')
      pieces.push(data)
    }
  }

  #next(isWanted: (event: XEvent) => boolean, ask: () => void = () => undefined): Promise<XEvent> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#onEvent = () => undefined
        reject(new Error(`the clipboard's owner did not answer within ${READ_DEADLINE_MS} ms`))
      }, READ_DEADLINE_MS)
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

class WatchedOffer implements Offer {
  taken = false
  replaced = false
  stolen = false
  private wake: (() => void)[] = []

  constructor(
    readonly text: string,
    readonly forWindow: number,
  ) {}

  update(change: Partial<Pick<WatchedOffer, 'taken' | 'replaced' | 'stolen'>>): void {
    Object.assign(this, change)
    for (const wake of this.wake.splice(0)) wake()
  }

  async changed(deadlineMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, deadlineMs)
      this.wake.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}

interface Place {
  readonly window: number
  readonly property: number
  readonly type: number
}

/** In pieces, as one request holds 256 KiB at most and 65,536 characters may take more. */
function writeText(x: X11Connection, { window, property, type }: Place, text: string): void {
  const bytes = Buffer.from(text, 'utf8')
  x.client.ChangeProperty(REPLACE, window, property, type, 8, bytes.subarray(0, PIECE_BYTES))
  for (let from = PIECE_BYTES; from < bytes.length; from += PIECE_BYTES) {
    x.client.ChangeProperty(APPEND, window, property, type, 8, bytes.subarray(from, from + PIECE_BYTES))
  }
}

/** Gives the offered text to whoever asks, and refuses every form that is not text. */
function answer(x: X11Connection, request: XEvent, offer: WatchedOffer | undefined): void {
  // Old clients leave the property out and mean the target's name (ICCCM 2.2).
  const property = request.property || request.target
  const isText = textTargets.some((name) => x.atom(name) === request.target)
  const known = offer !== undefined && (isText || request.target === x.atom('TARGETS'))
  if (known && isText) {
    const type = request.target === x.atom('TEXT') ? x.atom('UTF8_STRING') : request.target
    writeText(x, { window: request.requestor, property, type }, offer.text)
  } else if (known) {
    const targets = [x.atom('TARGETS'), ...textTargets.map((name) => x.atom(name))]
    x.client.ChangeProperty(REPLACE, request.requestor, property, x.atom('ATOM'), 32, targets)
  }
  x.client.SendEvent(request.requestor, 0, 0, {
    name: 'SelectionNotify',
    time: request.time,
    requestor: request.requestor,
    selection: request.selection,
    target: request.target,
    property: known ? property : 0,
  })
  if (known && isText && x.sameProgram(request.requestor, offer.forWindow)) offer.update({ taken: true })
}
