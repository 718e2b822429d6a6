import { contains, isSameRect } from '../../src/contract/rects'
import { FakeOffer } from './fake-offer'
import { newFakeWindow, type FakeWindow } from './fake-window'
import type { HastyClock } from './hasty-clock'
import { ClipboardUnread } from '../../src/main/desktop/clipboard-unread'
import type { UnsafeKeys } from '../../src/main/desktop/unsafe-keys'
import type {
  Aim,
  Arrangement,
  Chord,
  ClickAim,
  Desktop,
  Miss,
  Point,
  Rect,
} from '../../src/main/desktop/desktop'

export type { FakeWindow } from './fake-window'

/** The owner of the fake clipboard: a window, Waggle's offer, or somebody else. */
type Owner = { readonly text: string; readonly html?: string; readonly offer?: FakeOffer }

/**
 * A desktop in memory with the real one's habits: acts are handed over without a word on whether they worked, keys go
 * to whatever window has the focus, and `before` lets a test change the desktop ahead of any act.
 */
export class FakeDesktop implements Desktop {
  readonly stack: FakeWindow[] = []
  focused: FakeWindow | undefined
  place: Point = { x: 0, y: 0 }
  clipboard: Owner = { text: '' }
  /** Every act so far: `click`, `press`, `raise`, `movePointer`, `offerText`. */
  readonly acts: string[] = []
  /** How many clicks were made, not refused. */
  clicks = 0
  before: (act: string, index: number) => void = () => undefined
  /** What stands against pressing keys now. */
  unsafe: UnsafeKeys | undefined
  /** The workspace that is shown. */
  workspace = 0
  /** The window that fills the screen. */
  fullscreen: string | undefined
  /** True where the focus follows the mouse. */
  isMouseFocus = false
  /** What lies over windows and is none itself. */
  unmanaged: Rect[] = []
  /** True while the program that holds the clipboard does not hand it over. */
  isUnread = false
  private personAt = -Infinity
  private nextId = 1
  private lastOffer: FakeOffer | undefined

  constructor(private readonly clock: HastyClock) {}

  openWindow(title: string, rect: Rect, more: Partial<FakeWindow> = {}): FakeWindow {
    const window = newFakeWindow({
      id: String(this.nextId++),
      title,
      rect,
      workspace: this.workspace,
      ...more,
    })
    this.stack.unshift(window)
    this.focused = window
    return window
  }

  closeWindow(window: FakeWindow): void {
    this.stack.splice(this.stack.indexOf(window), 1)
    if (this.focused === window) this.focused = this.stack[0]
  }

  /** A copy made by a person or program outside the delivery. */
  copyElsewhere(text: string): void {
    const { offer } = this.clipboard
    this.clipboard = { text }
    offer?.update({ stolen: true })
  }

  async trouble() {
    return undefined
  }

  async screens() {
    return [{ x: 0, y: 0, width: 1280, height: 800 }]
  }

  async windows() {
    return this.stack.map(({ id, title, app, rect, minimized, workspace, pid }) => ({
      ...(pid !== undefined && { pid }),
      id,
      title,
      app,
      rect,
      minimized,
      ...(workspace !== this.workspace && { hidden: 'elsewhere' as const }),
    }))
  }

  async overlays() {
    return [...this.unmanaged]
  }

  async activeWindow() {
    return this.focused?.id
  }

  async windowAt(point: Point) {
    return this.under(point)?.id
  }

  async halt() {}

  async raise(id: string) {
    this.act('raise')
    const window = this.stack.find((one) => one.id === id)
    if (window) this.bringToFront(window)
    this.workspace = window?.workspace ?? this.workspace
  }

  async arrangement() {
    const windows = this.stack.map(({ id, minimized }) => ({
      id,
      minimized,
      fullscreen: this.fullscreen === id,
      shaded: false,
    }))
    return { workspace: this.workspace, windows }
  }

  async arrange({ workspace = 0, windows }: Arrangement) {
    this.act('arrange')
    this.workspace = workspace
    for (const { id, minimized, fullscreen } of windows) {
      const window = this.stack.find((one) => one.id === id)
      if (window) window.minimized = minimized
      if (fullscreen) this.fullscreen = id
    }
    return false
  }

  async pointer() {
    return this.place
  }

  async movePointer(to: Point) {
    this.act('movePointer')
    this.place = to
    if (this.isMouseFocus) this.focused = this.under(to) ?? this.focused
  }

  async inputLook({ x, y }: Point): Promise<string | undefined> {
    const isThere = this.place.x === x && this.place.y === y
    return isThere && this.under(this.place)?.showsText ? 'an input' : undefined
  }

  async personIdleMs() {
    return this.clock.monotonic() - this.personAt
  }

  /** A person moves the mouse there, or touches a key. */
  person(to: Point = this.place): void {
    this.personAt = this.clock.monotonic()
    this.place = to
  }

  async click({ windowId, point, rect, restMs = 0, looks = [] }: ClickAim): Promise<Miss | undefined> {
    this.act('click')
    if ((await this.personIdleMs()) < restMs) return 'person-active'
    if (this.unsafe) return this.unsafe
    if (rect && !isSameRect(rect, this.stack.find(({ id }) => id === windowId)?.rect)) return 'moved'
    const window = this.under(point)
    if (window?.id !== windowId) return 'covered'
    this.place = point
    if (looks.length > 0 && !window.showsText) return 'no-text'
    this.clicks += 1
    this.bringToFront(window)
    return undefined
  }

  async press(aim: Aim, ...chords: readonly Chord[]): Promise<Miss | undefined> {
    const { windowId, point, restMs = 0 } = aim
    this.act('press')
    if ((await this.personIdleMs()) < restMs) return 'person-active'
    if (this.focused?.id !== windowId) return 'focus-elsewhere'
    if (point && (this.place.x !== point.x || this.place.y !== point.y)) return 'pointer-moved'
    if (this.unsafe) return this.unsafe
    for (const chord of chords) this.key(chord.join('+'))
    return undefined
  }

  async unsafeKeys() {
    return this.unsafe
  }

  async offerText(text: string, windowId = '') {
    this.act('offerText')
    const offer = new FakeOffer(windowId, this.clock)
    this.clipboard = { text, offer }
    this.lastOffer = offer
    return offer
  }

  readMarked = async (): Promise<Miss> => 'covered'

  async readText() {
    return this.clipboard.text
  }

  async readHtml() {
    return this.clipboard.html ?? ''
  }

  async keepClipboard() {
    if (this.isUnread) throw new ClipboardUnread('the program that holds the clipboard does not hand it over')
    const kept = this.clipboard
    this.lastOffer = undefined
    return async () => {
      if (this.lastOffer && !this.lastOffer.stolen) this.clipboard = kept
    }
  }

  /** Another picture whenever a window shows something else. */
  async picture({ width, height }: Rect) {
    const shown = this.stack.map(({ text, submitted }) => `${text}|${submitted.join('|')}`).join('#')
    const shade = Array.from(shown).reduce((sum, one) => (sum * 31 + (one.codePointAt(0) ?? 0)) % 251, 7)
    return { width, height, rgba: new Uint8Array(width * height * 4).fill(shade) }
  }

  close() {
    this.stack.length = 0
  }

  private act(name: string): void {
    this.before(name, this.acts.length)
    this.acts.push(name)
  }

  private under(point: Point): FakeWindow | undefined {
    if (this.unmanaged.some((rect) => contains(rect, point))) return undefined
    return this.stack.find(
      ({ rect, minimized, workspace }) => !minimized && workspace === this.workspace && contains(rect, point),
    )
  }

  private bringToFront(window: FakeWindow): void {
    window.minimized = false
    this.stack.splice(this.stack.indexOf(window), 1)
    this.stack.unshift(window)
    this.focused = window
  }

  private key(chord: string): void {
    const window = this.focused
    if (!window?.answers) return
    if (chord === 'LeftControl+A') this.lastOffer?.mark(window)
    if (chord === 'LeftControl+A' || chord === 'LeftControl+End') window.selected = chord.endsWith('A')
    if (chord === 'LeftControl+C') this.copy(window)
    if (chord === 'LeftControl+V') this.paste(window)
    if (chord === 'Add') this.type(window, '+')
    if (chord === 'Backspace') this.erase(window)
    if (chord === 'Enter') this.submit(window)
    if (window.lateClick > 0 && --window.lateClick === 0) window.selected = false
  }

  private copy(window: FakeWindow): void {
    const isEmpty = window.text === ''
    if (!window.copies || (isEmpty ? window.copiesEmpty === 'nothing' : !window.selected)) return
    const { offer } = this.clipboard
    const blank = window.copiesEmpty === 'newline' ? '\n' : ''
    this.clipboard = { text: isEmpty ? blank : window.text + window.copySuffix, html: window.html }
    const isIts = offer?.windowId === window.id
    offer?.update(isIts ? { copied: this.clipboard.text, replaced: true } : { stolen: true })
  }

  private paste(window: FakeWindow): void {
    const { offer, text } = this.clipboard
    this.type(window, window.shows(text))
    if (offer?.windowId === window.id) offer.update({ taken: true })
  }

  private type(window: FakeWindow, text: string): void {
    window.text = window.selected ? text : window.text + text
    window.selected = false
  }

  private erase(window: FakeWindow): void {
    if (window.deafToErase-- > 0) return
    window.text = window.selected ? '' : Array.from(window.text).slice(0, -1).join('')
    window.selected = false
  }

  private submit(window: FakeWindow): void {
    if (window.deafToEnter-- > 0) return
    if (window.breaksAtEnter) return this.type(window, '\n')
    window.submitted.push(window.text)
    if (window.empties) window.text = ''
    window.selected = false
  }
}
