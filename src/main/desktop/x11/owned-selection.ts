import { ClipboardUnread } from '../clipboard-unread'
import { WatchedOffer } from '../watched-offer'
import type { X11Connection } from './connection'
import { readContents, type Contents } from './contents'
import type { SelectionReader } from './selection'

/** How long a delivery waits for the owner; reading goes on, and its result is there for the next one. */
const WAIT_MS = 3000
const SET_SELECTION_OWNER = 1
const NOBODY = 0

/** A text for one window's program. */
export class TargetedOffer extends WatchedOffer {
  constructor(
    /** The window whose program it is for; without one, everybody. */
    readonly forWindow: number | undefined,
    /** Nothing of it is to be pasted: it is there to see what is copied over it. */
    readonly isBlank: boolean,
  ) {
    super()
  }
}

interface Deps {
  /** What a person has done to put something there. */
  readonly verb: 'copied' | 'marked'
  readonly reader: SelectionReader
  /** One of ours: the owner's window. */
  readonly window: number
  /** Hears of every other owner, by its window. */
  readonly onLost: (owner: number) => void
}

/** One selection of the server's, the clipboard or the primary one: what it holds, and ours while we own it. */
export class OwnedSelection {
  /** What we serve while the selection is ours, */
  served: Contents | undefined
  /** and whom it is meant for; without it, everybody. */
  offer: TargetedOffer | undefined
  /** What the person had there: other programs go on getting that. */
  kept: Contents = new Map()
  /** Rises with every owner that is not us. */
  changes = 0
  readonly #x: X11Connection
  readonly #reader: SelectionReader
  readonly #window: number
  readonly #verb: Deps['verb']
  #taking = 0
  #reading: Reading | undefined

  constructor(
    x: X11Connection,
    readonly atom: number,
    { verb, reader, window, onLost }: Deps,
  ) {
    this.#x = x
    this.#reader = reader
    this.#window = window
    this.#verb = verb
    x.extensions.fixes.SelectSelectionInput(window, atom, SET_SELECTION_OWNER)
    x.onEvent(({ name, owner, selection }) => {
      // The core protocol has a SelectionNotify of its own, which answers a question and names no owner.
      const isOther = name === 'SelectionNotify' && owner !== undefined && owner !== window
      if (!isOther || selection !== atom) return
      this.#reading = undefined
      this.changes += 1
      // News of copies made before it became ours is still on its way until the server has answered; it is not about us.
      if (this.#taking > 0) return
      this.served = undefined
      onLost(owner)
    })
  }

  /** Takes the selection. What we serve changes at once: a program may ask before the server has answered us. */
  async own(contents: Contents, offer?: TargetedOffer): Promise<void> {
    this.served = contents
    this.offer = offer
    this.#reading = undefined
    this.#taking += 1
    this.#x.client.SetSelectionOwner(this.#window, this.atom)
    const owner = await this.owner(() => (this.#taking -= 1))
    if (owner !== this.#window) throw new Error('another program took the clipboard at the same instant')
  }

  /** Leaves it without an owner. */
  empty(): void {
    this.served = undefined
    this.#x.client.SetSelectionOwner(NOBODY, this.atom)
  }

  async owner(answered: () => void = () => undefined): Promise<number> {
    return this.#x.ask<number>((done) =>
      this.#x.client.GetSelectionOwner(this.atom, (error, owner) => {
        answered()
        done(error, owner)
      }),
    )
  }

  /** What the person had there, where nobody but us has it any more. */
  get onlyHere(): Contents | undefined {
    if (!this.served) return undefined
    // A text for one window is not what the person had there.
    return this.offer?.forWindow === undefined ? this.served : this.kept
  }

  /** All that it holds, which is then what strangers get. Rejects with {@link ClipboardUnread} when that does not come in time. */
  async keep(): Promise<Contents> {
    this.kept = this.onlyHere ?? (await this.#read())
    return this.kept
  }

  async #read(): Promise<Contents> {
    this.#reading ??= new Reading(readContents(this.#x, this.#reader, this.atom), this.#verb)
    const reading = this.#reading
    try {
      return await reading.within(WAIT_MS)
    } catch (error) {
      // What has failed is tried anew the next time, what is still on its way is waited for.
      if (reading.hasFailed && this.#reading === reading) this.#reading = undefined
      throw error
    }
  }
}

class Reading {
  hasFailed = false
  readonly #contents: Promise<Contents>
  readonly #startedAt = performance.now()

  constructor(
    contents: Promise<Contents>,
    readonly verb: Deps['verb'],
  ) {
    this.#contents = contents
    contents.catch(() => (this.hasFailed = true))
  }

  /** Waits until so long after its start, at least for an instant. */
  async within(ms: number): Promise<Contents> {
    let late: NodeJS.Timeout | undefined
    const left = Math.max(0, this.#startedAt + ms - performance.now())
    const unread = new Promise<never>((_, reject) => {
      late = setTimeout(() => reject(this.#unread('it has not answered yet')), left)
    })
    try {
      return await Promise.race([this.#contents, unread])
    } catch (error) {
      throw error instanceof ClipboardUnread ? error : this.#unread(words(error))
    } finally {
      clearTimeout(late)
    }
  }

  #unread(why: string): ClipboardUnread {
    return new ClipboardUnread(
      `What you ${this.verb} last cannot be kept safe: the program that holds it does not hand it over (${why}). Bring that program back to work, or end it; the message then goes.`,
    )
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
