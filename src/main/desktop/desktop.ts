import type { Failure } from '../../contract/failure'
import type { Point, Rect } from '../../contract/rects'
import type { UnsafeKeys } from './unsafe-keys'

/** Both in physical screen pixels. */
export type { Point, Rect }

/** Pixels from the screen, row by row from the top. macOS has more of them than the rectangle they show. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** Four bytes each: red, green, blue, alpha. */
  readonly rgba: Uint8Array
}

export interface DesktopWindow {
  readonly id: string
  readonly title: string
  /** The program: WM_CLASS on X11, else the best name the system gives. */
  readonly app: string
  /** The window's content in screen pixels, without the window manager's frame. */
  readonly rect: Rect
  readonly minimized: boolean
  /** Left out, or why it is not to be seen besides being minimized: rolled up to its title, or on a workspace not shown. */
  readonly hidden?: 'shaded' | 'elsewhere'
  /** The process that owns it, where the system tells. */
  readonly pid?: number
}

/** How a person has arranged their windows: what {@link Desktop.arrange} asks for again. */
export interface Arrangement {
  /** The workspace that is shown, where there are several. */
  readonly workspace?: number
  /** Its name, where it is gone with its last window and can be made again by that. */
  readonly named?: string
  /** What has the keys, where that is no window of a program: the system's own name for it. */
  readonly nobody?: number
  readonly windows: readonly ArrangedWindow[]
}

export interface ArrangedWindow {
  readonly id: string
  readonly fullscreen: boolean
  readonly minimized: boolean
  readonly shaded: boolean
}

/** The keys that a delivery presses, by nut-js's names. */
export type KeyName =
  | 'A'
  | 'C'
  | 'V'
  | 'LeftControl'
  | 'LeftShift'
  | 'LeftSuper'
  | 'Enter'
  | 'Backspace'
  | 'End'
  | 'Down'
  /** The plus sign of the number block: itself in every layout. */
  | 'Add'
  | 'Insert'

/** A key chord, modifiers first: `['LeftControl', 'V']`. */
export type Chord = readonly KeyName[]

/** How long a window may take to get the focus that a click gives it, in ms. */
export const FOCUS_MS = 1500

/** Where an act is meant to land: the window, and where the pointer must stand. */
export interface Aim {
  readonly windowId: string
  /** Without it, the pointer may be anywhere. */
  readonly point?: Point
  /** For how many ms no person may have touched mouse or keyboard. */
  readonly restMs?: number
}

export interface ClickAim extends Aim {
  readonly point: Point
  /** Where the window was found; without it, it may stand anywhere. */
  readonly rect?: Rect
  /** What is looked at before the click: an input. */
  readonly place?: Rect
  /** How that place looked before it was written into, as {@link Desktop.inputLook} told: only an input is clicked then. */
  readonly looks?: readonly string[]
}

/** Which terminal's window is marked: all of its content must be in sight. */
export interface MarkAim extends Omit<Aim, 'point'> {
  readonly rect: Rect
  /** For a program that takes two drags in short order for a double click, and marks what its second press hits at once. */
  readonly countsClicks?: boolean
}

/**
 * Why an act was left undone: the window stands elsewhere, another one lies over the point or has the focus, what lies
 * under the pointer is no text, a person's hand is in the way, or keys would not be what they are meant to be.
 */
export type Miss =
  | 'moved'
  | 'covered'
  | 'no-text'
  | 'focus-elsewhere'
  | 'pointer-moved'
  | 'person-active'
  | UnsafeKeys

/**
 * A text of ours on the clipboard, offered to one window's program and watched. Keys are handled in order, so what
 * happens to the offer tells what the program did with them, without waiting for something not to happen.
 */
export interface Offer {
  /** True once the window's program has asked for the text: a paste took it. Undefined where the system cannot tell. */
  readonly taken: boolean | undefined
  /** The text that the window's program has put on the clipboard instead, once it has: a copy or cut happened. */
  readonly copied: string | undefined
  /** True once the window's program has replaced it, whatever by: `copied` follows if that held text or nothing. */
  readonly replaced: boolean
  /**
   * The text that the window's program has marked since (X11's primary selection): what its page shows as selected,
   * whatever the editor in it copies. Empty where it has marked none, undefined where the system does not tell.
   */
  readonly marked: string | undefined
  /** True once any other program (a person's copy elsewhere) has replaced it. */
  readonly stolen: boolean
  /** Resolves at the next change of these, or after `deadlineMs`. */
  changed(deadlineMs: number): Promise<void>
}

/**
 * The one mouse, keyboard, clipboard and focus. Nothing here judges: a resolved promise says that the act was handed to
 * the system, never that it worked; only looking (`activeWindow`, `pointer`, `Offer`) tells.
 * Every call may throw; none ends the process.
 */
export interface Desktop {
  /** Why nothing can be delivered here at all right now, if so. */
  trouble(): Promise<Failure | undefined>
  screens(): Promise<readonly Rect[]>
  /** Top-level windows of other programs, frontmost first; minimized ones, too. */
  windows(): Promise<readonly DesktopWindow[]>
  /**
   * Where other programs show what is no window to the window manager: notifications, menus, tooltips, lockers. Frontmost
   * first; empty where the system lists them among its windows.
   */
  overlays(): Promise<readonly Rect[]>
  /** The window that the keys go to. */
  activeWindow(): Promise<string | undefined>
  /** The window that a click at this point would reach. */
  windowAt(point: Point): Promise<string | undefined>
  /** Asks for the window to be shown in front and given the focus: its workspace too, unrolled, not minimized. */
  raise(windowId: string): Promise<void>
  /** How the windows are arranged now. */
  arrangement(): Promise<Arrangement>
  /**
   * Asks for what differs to be so again: workspace, fullscreen, minimized, rolled up; the focus only where nobody had it.
   * True if anything did.
   */
  arrange(was: Arrangement): Promise<boolean>
  pointer(): Promise<Point>
  movePointer(to: Point): Promise<void>
  /**
   * How the place of the last click looked before it, in short, if the pointer still stands at `at` and is shown as over
   * text that can be written into; undefined where it is not, and where nobody can tell.
   */
  inputLook(at: Point): Promise<string | undefined>
  /** For how many ms no person has touched mouse or keyboard; what Waggle does itself does not count. */
  personIdleMs(): Promise<number>
  /**
   * Moves the pointer there, unless the window has moved, another one covers the point or a person is active, and presses
   * and releases the left button if at this very instant pointer, window and person are as aimed at. A button that
   * has come to lie over an input is not pressed: the pointer is none for text there. Resolves once the window has the focus; says `focus-elsewhere` when it has not taken it within {@link FOCUS_MS} after the click.
   */
  click(aim: ClickAim): Promise<Miss | undefined>
  /** Ends a click under way: the button is let go, or not pressed, and the focus not waited for. Chords are done in no time. */
  halt(): Promise<void>
  /**
   * Presses and releases the chords one after the other without a pause, if at this very instant the window has the
   * keyboard, and pointer and person are as aimed at; else nothing is pressed. No key of a chord is pressed before exactly
   * its modifiers are seen down. Keys find the text that was offered before them, whether or not that was waited for.
   */
  press(aim: Aim, ...chords: readonly Chord[]): Promise<Miss | undefined>
  /** What would change keys that are pressed now, if anything; where the system does not tell, undefined. */
  unsafeKeys(): Promise<UnsafeKeys | undefined>
  /**
   * Offers a text on the clipboard to one window's program, where the system can tell who asks; any other gets what
   * {@link Desktop.keepClipboard} found, and only once that program has its text. Without a window it is for everyone. By
   * `primary` it is offered as if it were marked, too (X11), for programs whose keys paste that.
   */
  offerText(text: string, windowId?: string, by?: 'primary'): Promise<Offer>
  /**
   * The text that a terminal's window shows: all of it is marked with the mouse, in a way that keeps clicks from the
   * program in it. What was marked before is put back by what {@link Desktop.keepClipboard} returned; the pointer stays in
   * the window. A miss: nothing was marked, and nothing pressed.
   */
  readMarked(aim: MarkAim): Promise<{ readonly text: string } | Miss>
  /** The clipboard's text now; empty when it holds none. */
  readText(): Promise<string>
  /** The same as HTML; empty where its owner has none. */
  readHtml(): Promise<string>
  /**
   * Remembers everything that is on the clipboard, and what is marked where that can be pasted, too (X11's primary
   * selection). The function returned puts both back, unless a person or another program has put something else there
   * since. Rejects with `ClipboardUnread` when the program that holds it does not hand it over in time; a later call goes on
   * where that one stopped waiting.
   */
  keepClipboard(): Promise<() => Promise<void>>
  /** What is on the screen there now. The rectangle must lie on the screens. */
  picture(rect: Rect): Promise<Picture>
  close(): void
}
