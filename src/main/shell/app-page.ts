import { protocol } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'

const SCHEME = 'waggle'
const ORIGIN = `${SCHEME}://app`

/** Where our page is; a scheme of its own, so that a policy header comes with every file and `file:` stays shut. */
export const PAGE_URL = `${ORIGIN}/index.html`

/** Only what was built with the app: no inline script, no other host, no frames, no forms. */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Makes the scheme known to Chromium; must run before Electron is ready. */
export function declareAppPage(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }])
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Serves the built page from `folder`, and nothing outside it. Call once Electron is ready. */
export function serveAppPage(folder: string): void {
  protocol.handle(SCHEME, async ({ url, method }) => {
    const file = method === 'GET' ? fileOf(url, folder) : undefined
    const type = file && contentTypes[extname(file)]
    if (!file || !type) return notFound()
    try {
      return new Response(new Uint8Array(await readFile(file)), { headers: headersFor(type) })
    } catch {
      return notFound()
    }
  })
}

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

function headersFor(type: string): Record<string, string> {
  return {
    'Content-Type': type,
    'Content-Security-Policy': CONTENT_POLICY,
    'X-Content-Type-Options': 'nosniff',
  }
}

function notFound(): Response {
  return new Response('Not found.', { status: 404, headers: headersFor('text/plain') })
}
