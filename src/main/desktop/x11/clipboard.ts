import type { XEvent } from 'x11'
import type { Desktop, Miss, Offer } from '../desktop'
import { Answers } from './answers'
import type { X11Connection } from './connection'
import { fromNamedForms, namedForms, type Contents, type NamedForm } from './contents'
import { OwnedSelection, TargetedOffer } from './owned-selection'
import { createSameProcess, type SameProcess } from './programs'
import { SelectionReader, type Form } from './selection'

const textTargets = ['UTF8_STRING', 'text/plain;charset=utf-8', 'TEXT', 'STRING'] as const
const PROPERTY_CHANGE = 0x400000
/** The predefined atom of the primary selection. */
const PRIMARY = 1
/** For how long a stranger is kept waiting for what is on the clipboard while the window has not taken its text. */
const STRANGER_MS = 500
/** For how long a program that copies across selections, looking now and then, may bring back a text of ours. */
const ECHO_MS = 5000
/** How long a program may take to have marked what a drag went over. */
const MARKED_MS = 500
const POLL_MS = 4
const REPLACE = 0

interface Clipboard extends Pick<Desktop, 'offerText' | 'readText' | 'readHtml' | 'keepClipboard'> {
  /** What the window's program has marked by that act; empty where it marked nothing. */
  readMarked(window: number, mark: () => Promise<Miss | undefined>): Promise<{ readonly text: string } | Miss>
  /** What a person had on the clipboard and what would go with this connection. Asks nothing: it may be gone already. */
  left(): readonly NamedForm[]
  /** Serves what another connection has left, unless somebody has put something there since. */
  adopt(left: readonly NamedForm[]): Promise<void>
}

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
  readonly #reader: SelectionReader
  readonly #answers: Answers
  readonly #isSameProcess: SameProcess
  readonly #clipboard: OwnedSelection
  /** What is marked, and pasted by the middle button. */
  readonly #primary: OwnedSelection
  /** The last offer, whether or not it is still served. */
  #offer: TargetedOffer | undefined
  /** Windows that texts were offered to since the clipboard was kept: what their programs mark is not a person's. */
  readonly #targets = new Set<number>()

  /** What was offered to them. */
  readonly #texts = new Set<string>()
  /** What the oldest of all clipboards held before our marks: xterm puts those there, and pastes it where nothing is marked. */
  #cutBuffer: Form | undefined
  /** What was given back, and until when a text of ours that comes back is replaced by it. */
  #given: { readonly contents: Contents; readonly marked: Contents; readonly until: number } | undefined

  constructor(x: X11Connection) {
    this.#x = x
    this.#reader = new SelectionReader(x)
    this.#answers = new Answers(x)
    this.#isSameProcess = createSameProcess(x)
    const window = x.client.AllocID()
    x.client.CreateWindow(window, x.root, -10, -10, 1, 1, 0, 0, 0, 0, { eventMask: PROPERTY_CHANGE })
    const shared = { reader: this.#reader, window }
    const onLost = (owner: number) => void this.#lose(owner)
    const onMarked = (owner: number) => void this.#mark(owner)
    this.#clipboard = new OwnedSelection(x, x.atom('CLIPBOARD'), { ...shared, verb: 'copied', onLost })
    this.#primary = new OwnedSelection(x, PRIMARY, { ...shared, verb: 'marked', onLost: onMarked })
    x.onEvent((event) => {
      if (event.name === 'SelectionRequest') void this.#answer(event)
    })
  }

  async offerText(text: string, windowId?: string, by?: 'primary'): Promise<Offer> {
    const offer = new TargetedOffer(windowId === undefined ? undefined : Number(windowId), text === '')
    const type = this.#x.atom('UTF8_STRING')
    const data = Buffer.from(text, 'utf8')
    const contents = new Map(textTargets.map((name) => [this.#x.atom(name), { type, data }]))
    this.#offer = offer
    if (text !== '') this.#texts.add(text)
    if (offer.forWindow !== undefined) this.#targets.add(offer.forWindow)
    await Promise.all([
      this.#clipboard.own(contents, offer),
      ...(by === 'primary' ? [this.#primary.own(contents, offer)] : []),
    ])
    return offer
  }

  async readMarked(
    window: number,
    mark: () => Promise<Miss | undefined>,
  ): Promise<{ readonly text: string } | Miss> {
    this.#targets.add(window)
    this.#cutBuffer ??= await this.#x.property(this.#x.root, 'CUT_BUFFER0')
    const { changes } = this.#primary
    const miss = await mark()
    if (miss) return miss
    const end = performance.now() + MARKED_MS
    while (this.#primary.changes === changes && performance.now() < end)
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    const owner = await this.#primary.owner()
    const isIts = this.#primary.changes !== changes && (await this.#isSameProcess(owner, window))
    const text = isIts ? await this.#readFrom(this.#primary) : undefined
    // Its answer came after all else that it does with what was marked.
    this.#x.client.DeleteProperty(this.#x.root, this.#x.atom('CUT_BUFFER0'))
    return { text: text ?? '' }
  }

  async readText(): Promise<string> {
    return textOf(await this.#formOf('UTF8_STRING'))
  }

  async readHtml(): Promise<string> {
    return htmlOf(await this.#formOf('text/html'))
  }

  left(): readonly NamedForm[] {
    return namedForms(this.#x, this.#clipboard.onlyHere ?? new Map())
  }

  async adopt(left: readonly NamedForm[]): Promise<void> {
    if (left.length === 0 || (await this.#clipboard.owner()) !== 0) return
    await this.#clipboard.own(await fromNamedForms(this.#x, left))
  }

  async #formOf(name: 'UTF8_STRING' | 'text/html'): Promise<Form | undefined> {
    const { atom: selection, served } = this.#clipboard
    const target = this.#x.atom(name)
    return served ? served.get(target) : this.#reader.read({ selection, target })
  }

  async keepClipboard(): Promise<() => Promise<void>> {
    const [contents, marked] = await Promise.all([this.#clipboard.keep(), this.#primary.keep()])
    const { changes } = this.#primary
    this.#offer = undefined
    this.#targets.clear()
    this.#texts.clear()
    this.#given = undefined
    this.#cutBuffer = undefined
    return async () => {
      // What our own keys made the window's program copy is not a person's copy.
      const offer = this.#offer
      const isOurs = offer !== undefined && !offer.stolen && (this.#clipboard.served || offer.replaced)
      if (isOurs || (await this.#isEcho(this.#clipboard))) await this.#clipboard.own(contents)
      await this.#putMarkBack(marked, changes)
      await this.#putCutBufferBack()
      this.#given = { contents, marked, until: performance.now() + ECHO_MS }
    }
  }

  /** True for a text of ours that a program which is no agent's has copied across from where it found it: nobody copied that. */
  async #isEcho(selection: OwnedSelection): Promise<boolean> {
    const owner = await selection.owner()
    if (owner === 0 || selection.served || (await this.#isAgents(owner))) return false
    const text = await this.#readFrom(selection)
    return text !== undefined && this.#texts.has(text)
  }

  async #isAgents(owner: number): Promise<boolean> {
    const same = await Promise.all([...this.#targets].map(async (one) => this.#isSameProcess(owner, one)))
    return same.includes(true)
  }

  /** Puts back once more what was given back, where a text of ours has come in its place. */
  async #undoEcho(selection: OwnedSelection, what: 'contents' | 'marked'): Promise<void> {
    const given = this.#given
    if (!given || performance.now() > given.until) return
    try {
      const isEcho = await this.#isEcho(selection)
      if (isEcho && given === this.#given) await putBack(selection, given[what])
    } catch {
      // The server has ended, or another program took it at the same instant: that one is looked at in its turn.
    }
  }

  /** What is marked is not what a person marked once an agent's program, in which our keys marked all, has replaced it. */
  async #putMarkBack(marked: Contents, changes: number): Promise<void> {
    if (this.#primary.changes === changes) return
    const owner = await this.#primary.owner()
    const isOffer = this.#primary.served !== undefined && this.#primary.offer !== undefined
    const isOurs =
      isOffer || owner === 0 || (await this.#isAgents(owner)) || (await this.#isEcho(this.#primary))
    if (isOurs) await putBack(this.#primary, marked)
  }

  async #putCutBufferBack(): Promise<void> {
    const { root, client, atom, property } = this.#x
    const before = this.#cutBuffer
    if (!before || before.data.length === 0) return
    const now = await property(root, 'CUT_BUFFER0')
    if (now.data.length === 0)
      client.ChangeProperty(REPLACE, root, atom('CUT_BUFFER0'), before.type, 8, before.data)
  }

  async #lose(owner: number): Promise<void> {
    const offer = this.#offer
    await this.#undoEcho(this.#clipboard, 'contents')
    if (!offer) return
    if (await this.#isIts(owner, offer)) {
      offer.update({ replaced: true })
      offer.update({ copied: await this.#readFrom(this.#clipboard) })
    } else offer.update({ stolen: true })
  }

  async #mark(owner: number): Promise<void> {
    const offer = this.#offer
    await this.#undoEcho(this.#primary, 'marked')
    if (offer && (await this.#isIts(owner, offer)))
      offer.update({ marked: await this.#readFrom(this.#primary) })
  }

  /** Whether a window is of the program that the offer is for. */
  async #isIts(owner: number, { forWindow }: TargetedOffer): Promise<boolean> {
    if (forWindow === undefined) return false
    return this.#x.sameProgram(owner, forWindow) || this.#isSameProcess(owner, forWindow)
  }

  /** A program that copies or marks and then does not say what has shown nothing that anybody could read back. */
  async #readFrom({ atom: selection }: OwnedSelection): Promise<string | undefined> {
    return this.#reader.read({ selection, target: this.#x.atom('UTF8_STRING') }).then(textOf, () => undefined)
  }

  async #answer(request: XEvent): Promise<void> {
    const { requestor, selection } = request
    const asked = selection === PRIMARY ? this.#primary : this.#clipboard
    const { served, offer } = asked
    const forWindow = offer?.forWindow
    if (!served || forWindow === undefined || this.#x.sameProgram(requestor, forWindow)) {
      if (this.#answers.give(request, served)) offer?.update({ taken: true })
    } else if (await this.#isSameProcess(requestor, forWindow)) {
      if (this.#answers.give(request, asked.served)) offer?.update({ taken: true })
    } else {
      this.#answers.give(request, (await isOver(offer)) ? asked.kept : undefined)
    }
  }
}

async function putBack(selection: OwnedSelection, contents: Contents): Promise<void> {
  if (contents.size > 0) await selection.own(contents)
  else selection.empty()
}

/**
 * Until the window's program has its text nobody else gets anything: a helper of that program that pastes for it would put
 * what the person had copied into the agent's input. While nothing is pasted they get what they got before: a clipboard
 * manager that looks every half second (parcellite) takes an empty answer for a loss, and puts back what it knows.
 */
async function isOver(offer: TargetedOffer | undefined): Promise<boolean> {
  if (offer?.isBlank) return true
  const end = performance.now() + STRANGER_MS
  const isDone = () => offer === undefined || Boolean(offer.taken) || offer.replaced || offer.stolen
  while (!isDone() && performance.now() < end) await offer?.changed(end - performance.now())
  return isDone()
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
