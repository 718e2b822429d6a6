import type { XEvent } from 'x11'
import type { Desktop, Offer } from '../desktop'
import { readContents, type Contents } from './contents'
import type { X11Connection } from './connection'
import { SelectionReader, type Form } from './selection'
import { WatchedOffer } from '../watched-offer'

const textTargets = ['UTF8_STRING', 'text/plain;charset=utf-8', 'TEXT', 'STRING'] as const
const PROPERTY_CHANGE = 0x400000
const SET_SELECTION_OWNER = 1
/** The predefined atom of the primary selection. */
const PRIMARY = 1
const REPLACE = 0
const APPEND = 2
const PIECE_BYTES = 131_072

type Clipboard = Pick<Desktop, 'offerText' | 'readText' | 'readHtml' | 'keepClipboard'>

/**
 * The clipboard selection, owned by this very connection (ICCCM 2). The server tells who asks for the text (a paste
 * took it) and of everybody who becomes its owner (XFixes: a copy or cut happened, even one after another by the same
 * program); no other clipboard interface does.
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
  #offer: TargetedOffer | undefined
  /** What the person had on the clipboard: other programs go on getting that. */
  #kept: Contents = new Map()
  #taking = false

  constructor(x: X11Connection) {
    this.#x = x
    this.#window = x.client.AllocID()
    x.client.CreateWindow(this.#window, x.root, -10, -10, 1, 1, 0, 0, 0, 0, { eventMask: PROPERTY_CHANGE })
    x.extensions.fixes.SelectSelectionInput(this.#window, x.atom('CLIPBOARD'), SET_SELECTION_OWNER)
    this.#reader = new SelectionReader(x, this.#window)
    x.onEvent((event) => {
      if (event.name === 'SelectionRequest') this.#answer(event)
      if (event.name === 'SelectionNotify' && isForeign(event.owner, this.#window)) this.#lose(event.owner)
    })
  }

  async offerText(text: string, windowId?: string, alsoPrimary = false): Promise<Offer> {
    const offer = new TargetedOffer(windowId === undefined ? undefined : Number(windowId))
    const type = this.#x.atom('UTF8_STRING')
    const data = Buffer.from(text, 'utf8')
    if (alsoPrimary) this.#x.client.SetSelectionOwner(this.#window, PRIMARY)
    await this.#own(new Map(textTargets.map((name) => [this.#x.atom(name), { type, data }])), offer)
    return offer
  }

  async readText(): Promise<string> {
    const target = this.#x.atom('UTF8_STRING')
    if (this.#served) return textOf(this.#served.get(target))
    return textOf(await this.#reader.read(target))
  }

  async readHtml(): Promise<string> {
    const target = this.#x.atom('text/html')
    if (this.#served) return textOf(this.#served.get(target))
    return htmlOf(await this.#reader.read(target))
  }

  async keepClipboard(): Promise<() => Promise<void>> {
    const contents = this.#served ?? (await readContents(this.#x, this.#reader))
    this.#offer = undefined
    this.#kept = contents
    return async () => {
      // What our own keys made the window's program copy is not a person's copy.
      const isOurs =
        this.#offer !== undefined && !this.#offer.stolen && (this.#served || this.#offer.replaced)
      if (isOurs) await this.#own(contents)
    }
  }

  /** Takes the selection. What we serve changes at once: a program may ask before the server has answered us. */
  async #own(contents: Contents, offer?: TargetedOffer): Promise<void> {
    const { client, atom, ask } = this.#x
    this.#served = contents
    this.#offer = offer
    // News of copies made before this moment is still on its way until the server has answered; it is not about us.
    this.#taking = true
    client.SetSelectionOwner(this.#window, atom('CLIPBOARD'))
    const owner = await ask<number>((done) =>
      client.GetSelectionOwner(atom('CLIPBOARD'), (error, now) => {
        this.#taking = false
        done(error, now)
      }),
    )
    if (owner !== this.#window) throw new Error('another program took the clipboard at the same instant')
  }

  #lose(owner: number): void {
    if (this.#taking) return
    this.#served = undefined
    const offer = this.#offer
    if (!offer) return
    if (offer.forWindow !== undefined && this.#x.sameProgram(owner, offer.forWindow)) {
      offer.update({ replaced: true })
      void this.#tellCopy(offer)
    } else offer.update({ stolen: true })
  }

  /** A program that copies and then does not say what has copied nothing that anybody could read back. */
  async #tellCopy(offer: TargetedOffer): Promise<void> {
    const copied = await this.#reader.read(this.#x.atom('UTF8_STRING')).then(textOf, () => undefined)
    offer.update({ copied })
  }

  /** Gives what we serve to whoever asks, and refuses every form that we do not have. */
  #answer(request: XEvent): void {
    const { client, atom, sameProgram } = this.#x
    const offer = this.#offer
    const forWindow = offer?.forWindow
    const isStranger = forWindow !== undefined && !sameProgram(request.requestor, forWindow)
    const served = isStranger ? this.#kept : this.#served
    // Old clients leave the property out and mean the target's name (ICCCM 2.2).
    const property = request.property || request.target
    const form = served?.get(request.target)
    const isList = served !== undefined && request.target === atom('TARGETS')
    if (form) {
      writePieces(this.#x, { window: request.requestor, property, type: form.type }, form.data)
    } else if (isList) {
      const targets = [atom('TARGETS'), ...served.keys()]
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
    if (form && offer && !isStranger) offer.update({ taken: true })
  }
}

/** Firefox writes its HTML in UTF-16. */
function htmlOf(form: Form | undefined): string {
  const data = form?.data
  if (!data || data.length < 2) return ''
  const isWide = data.readUInt16LE(0) === 0xfeff || data[1] === 0
  return data.toString(isWide ? 'utf16le' : 'utf8')
}

function textOf(form: Form | undefined): string {
  return form?.data.toString('utf8') ?? ''
}

/** The core protocol has a SelectionNotify of its own, which answers a question and names no owner. */
function isForeign(owner: number | undefined, own: number): owner is number {
  return owner !== undefined && owner !== own
}

class TargetedOffer extends WatchedOffer {
  /** The window whose program it is for; without one, everybody. */
  constructor(readonly forWindow: number | undefined) {
    super()
  }
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
