import type { Failure } from '../../contract/failure'

/** A point in physical screen pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A rectangle in physical screen pixels. */
export interface Rect extends Point {
  readonly width: number
  readonly height: number
}

export interface DesktopWindow {
  readonly id: string
  readonly title: string
  /** The program: WM_CLASS on X11, else the best name the system gives. */
  readonly app: string
  /** The window's content in screen pixels, without the window manager's frame. */
  readonly rect: Rect
}

/** A key chord by nut-js's names of keys, modifiers first: `['LeftControl', 'V']`. */
export type Chord = readonly string[]

/** A text of ours on the clipboard, watched: who took it, and whether a copy or cut has replaced it since. */
export interface Offer {
  /** True once another program has asked for the text: a paste took it. */
  readonly taken: boolean
  /** True once another program has put something else on the clipboard: a copy or cut happened. */
  readonly lost: boolean
  /** Resolves at the next change of `taken` or `lost`, or after `deadlineMs`. */
  changed(deadlineMs: number): Promise<void>
}

/**
 * The one mouse, keyboard, clipboard and focus. Nothing here judges: a resolved promise says that the act was handed to
 * the system, never that it worked; only looking (`activeWindow`, `pointer`, `Offer`, `readText`) tells.
 * Every call may throw; none ends the process.
 */
export interface Desktop {
  /** Why nothing can be delivered here at all right now, if so. */
  trouble(): Promise<Failure | undefined>
  screens(): Promise<readonly Rect[]>
  /** Visible top-level windows, frontmost first. */
  windows(): Promise<readonly DesktopWindow[]>
  activeWindow(): Promise<string | undefined>
  raise(windowId: string): Promise<void>
  pointer(): Promise<Point>
  click(at: Point): Promise<void>
  movePointer(to: Point): Promise<void>
  /** Presses and releases the chords one after the other without a pause. */
  press(...chords: readonly Chord[]): Promise<void>
  offerText(text: string): Promise<Offer>
  /** The clipboard's text now; empty when it holds none. */
  readText(): Promise<string>
  close(): void
}
