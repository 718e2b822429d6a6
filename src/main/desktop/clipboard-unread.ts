import { DesktopUnavailable } from './desktop-unavailable'

/** The clipboard's owner did not hand over what it holds in time; nothing was put on the clipboard. Passes by itself. */
export class ClipboardUnread extends DesktopUnavailable {
  override readonly name = 'ClipboardUnread'
}
