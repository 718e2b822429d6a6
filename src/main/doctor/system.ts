import type { Session } from '../../contract/session'
import type { Holding } from '../desktop/x11/clipboard-facts'
import type { X11Facts } from '../desktop/x11/facts'

/** What the system around Waggle is, allows and shows. */
export interface System {
  readonly session: Session
  /** Waggle was started to run without a desktop. */
  readonly headless?: true
  /** Electron's version. */
  readonly electron: string
  /** Rejects with a sentence when the X server cannot be reached. */
  lookAtX11(display: string): Promise<X11Facts>
  /** Who has what was copied and marked; rejects in the same way. */
  lookAtClipboard(display: string): Promise<readonly Holding[]>
  /** True while the screen is locked. */
  locked(): Promise<boolean>
  /** macOS: whether Waggle may use mouse and keyboard, and see windows; true elsewhere. */
  permitted(): boolean
  /** Opens the place where that is allowed; undefined where there is none. */
  readonly permit: (() => Promise<void>) | undefined
  /** Windows: whether Waggle runs as administrator. */
  elevated(): Promise<boolean>
  /** Whether this desktop shows tray icons. */
  trayHost(): Promise<'present' | 'missing' | 'unknown'>
}
