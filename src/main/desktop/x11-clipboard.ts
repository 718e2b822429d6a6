import type { XEvent } from 'x11'
import type { Desktop, Offer } from './desktop'
import { readContents, type Contents } from './x11-contents'
import type { X11Connection } from './x11-connection'
import { SelectionReader } from './x11-selection'

const textTargets = ['UTF8_STRING', 'text/plain;charset=utf-8', 'TEXT', 'STRING'] as const
const PROPERTY_CHANGE = 0x400000
const REPLACE = 0
const APPEND = 2
const PIECE_BYTES = 131_072

type Clipboard = Pick<Desktop, 'offerText' | 'readText' | 'keepClipboard'>

/**
 * The clipboard selection, owned by this very connection (ICCCM 2). The server tells who asks for the text (a paste
 * took it) and that somebody else became its owner (a copy or cut happened); no other clipboard interface does.
 */
export function createX11Clipboard(x: X11Connection): Clipboard {
  return new OwnedClipboard(x)
}

class OwnedClipboard implements Clipboard {
  readonly #x: X11Connection
  readonly #window: number
  readonly #reader: SelectionReader
  /** What we serve while the selection is ours. */
  #served: Contents | undefined
  /** The last offer, whether or not it is still served. */
  #offer: WatchedOffer | undefined

  constructor(x: X11Connection) {
    this.#x = x
    this.#window = x.client.AllocID()
    x.client.CreateWindow(this.#window, x.root, -10, -10, 1, 1, 0, 0, 0, 0, { eventMask: PROPERTY_CHANGE })
    this.#reader = new SelectionReader(x, this.#window)
    x.onEvent((event) => {
      if (event.name === 'SelectionRequest') this.#answer(event)
      if (event.name === 'SelectionClear' && event.selection === x.atom('CLIPBOARD')) this.#lose()
    })
  }

  async offerText(text: string, windowId: string): Promise<Offer> {
    const offer = new WatchedOffer(Number(windowId))
    const type = this.#x.atom('UTF8_STRING')
    const data = Buffer.from(text, 'utf8')
    await this.#own(new Map(textTargets.map((name) => [this.#x.atom(name), { type, data }])), offer)
    return offer
  }

  async readText(): Promise<string> {
    const target = this.#x.atom('UTF8_STRING')
    const form = this.#served ? this.#served.get(target) : await this.#reader.read(target)
    return form?.data.toString('utf8') ?? ''
  }

  async keepClipboard(): Promise<() => Promise<void>> {
    const contents = this.#served ?? (await readContents(this.#x, this.#reader))
    this.#offer = undefined
    return async () => {
      // What our own keys made the window's program copy is not a person's copy.
      const isOurs =
        this.#offer !== undefined && !this.#offer.stolen && (this.#served || this.#offer.replaced)
      if (isOurs) await this.#own(contents)
    }
  }

  async #own(contents: Contents, offer?: WatchedOffer): Promise<void> {
    const { client, atom, ask } = this.#x
    client.SetSelectionOwner(this.#window, atom('CLIPBOARD'))
    // The SelectionClear of an earlier offer may still be on its way; the reply comes after it, and before any of ours.
    const owner = await ask<number>((done) =>
      client.GetSelectionOwner(atom('CLIPBOARD'), (error, now) => {
        this.#served = contents
        this.#offer = offer
        done(error, now)
      }),
    )
    if (owner !== this.#window) throw new Error('another program took the clipboard at the same instant')
  }

  #lose(): void {
    const offer = this.#served && this.#offer
    this.#served = undefined
    if (offer) void tellWhoReplaced(this.#x, offer)
  }

  /** Gives what we serve to whoever asks, and refuses every form that we do not have. */
  #answer(request: XEvent): void {
    const { client, atom, sameProgram } = this.#x
    // Old clients leave the property out and mean the target's name (ICCCM 2.2).
    const property = request.property || request.target
    const form = this.#served?.get(request.target)
    const isList = this.#served !== undefined && request.target === atom('TARGETS')
    if (form) {
      writePieces(this.#x, { window: request.requestor, property, type: form.type }, form.data)
    } else if (isList) {
      const targets = [atom('TARGETS'), ...(this.#served?.keys() ?? [])]
      client.ChangeProperty(REPLACE, request.requestor, property, atom('ATOM'), 32, targets)
    }
    const { time, requestor, selection, target } = request
    const answered = form || isList ? property : 0
    client.SendEvent(requestor, 0, 0, {
      name: 'SelectionNotify',
      time,
      requestor,
      selection,
      target,
      property: answered,
    })
    const offer = this.#offer
    if (form && offer && sameProgram(requestor, offer.forWindow)) offer.update({ taken: true })
  }
}

async function tellWhoReplaced(x: X11Connection, offer: WatchedOffer): Promise<void> {
  const clipboard = x.atom('CLIPBOARD')
  const owner = await x.ask<number>((done) => x.client.GetSelectionOwner(clipboard, done)).catch(() => 0)
  if (x.sameProgram(owner, offer.forWindow)) offer.update({ replaced: true })
  else offer.update({ stolen: true })
}

interface Place {
  readonly window: number
  readonly property: number
  readonly type: number
}

/** In pieces, as one request holds 256 KiB at most and 65,536 characters may take more. */
function writePieces(x: X11Connection, { window, property, type }: Place, bytes: Buffer): void {
  x.client.ChangeProperty(REPLACE, window, property, type, 8, bytes.subarray(0, PIECE_BYTES))
  for (let from = PIECE_BYTES; from < bytes.length; from += PIECE_BYTES) {
    x.client.ChangeProperty(APPEND, window, property, type, 8, bytes.subarray(from, from + PIECE_BYTES))
  }
}

class WatchedOffer implements Offer {
  taken = false
  replaced = false
  stolen = false
  private wake: (() => void)[] = []

  constructor(readonly forWindow: number) {}

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
