import { resolve, sep } from 'node:path'

/** The page has a scheme of its own, so that a policy header comes with every file and `file:` stays shut. */
export const SCHEME = 'waggle'
const ORIGIN = `${SCHEME}://app`

/** Where our page is. */
export const PAGE_URL = `${ORIGIN}/index.html`

/** True for the address of a frozen picture of a screen; see calibration-overlay.ts. */
export function isPictureUrl(url: string): boolean {
  return url.startsWith(`${ORIGIN}/pointing.png?`)
}

/** Only what was built with the app, and pictures that it hands over as data: no inline script, no other host, no frames. */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The file in `folder` that this address names; undefined for another host or a way out of the folder. */
export function fileOf(url: string, folder: string): string | undefined {
  const { host, pathname } = new URL(url)
  if (host !== 'app') return undefined
  try {
    const root = resolve(folder)
    const file = resolve(root, `.${decodeURIComponent(pathname)}`)
    return file.startsWith(root + sep) && !file.includes('\0') ? file : undefined
  } catch {
    return undefined
  }
}

/** Scheme and host; `URL.origin` would be "null" for a scheme of our own. The dev server's socket counts as it. */
export function originOf(url: string): string {
  if (!URL.canParse(url)) return ''
  const { protocol, host } = new URL(url)
  return `${protocol.replace(/^ws/, 'http')}//${host}`
}

/** True when the address belongs to our own page, whatever follows its path. */
export function isOurUrl(url: string, pageUrl: string): boolean {
  return url !== '' && originOf(url) === originOf(pageUrl)
}
