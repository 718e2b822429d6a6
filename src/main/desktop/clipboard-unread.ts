/** The clipboard's owner did not hand over what it holds in time; nothing was put on the clipboard. Passes by itself. */
export class ClipboardUnread extends Error {
  override readonly name = 'ClipboardUnread'
}
