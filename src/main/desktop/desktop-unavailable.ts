/** The desktop cannot be used right now, and nothing was done: it passes by itself, and messages wait for it. */
export class DesktopUnavailable extends Error {
  override readonly name: string = 'DesktopUnavailable'
}
