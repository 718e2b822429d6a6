/** Devices of Windows, whatever stands behind a dot: https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?: *[.:].*)? *$/i

/**
 * Throws a sentence where a path of Windows has a name that leads elsewhere than it says: a device (`con`), a stream of
 * another file (`a:b`), a name whose last dots and spaces Windows leaves out.
 */
export function refuseOddNames(path: string, platform: string = process.platform): void {
  if (platform !== 'win32') return
  const names = path.replace(/^(?:\\\\[?.]\\)?[a-z]:/i, '').split(/[\\/]+/)
  const odd = names.find((name) => !/^\.{0,2}$/.test(name) && (DEVICE.test(name) || /:|[. ]$/.test(name)))
  if (odd !== undefined)
    throw new Error(`Windows takes “${odd}” in ${path} for something else. Choose another name`)
}
