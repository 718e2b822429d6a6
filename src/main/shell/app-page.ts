import { protocol } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { CONTENT_POLICY, fileOf, isPictureUrl, SCHEME } from './page-address'

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

/**
 * Serves the built page from `folder`, and nothing outside it, and the pictures that `pictureAt` has for an address of
 * ours. Call once Electron is ready.
 */
export function serveAppPage(folder: string, pictureAt: (url: string) => Uint8Array | undefined): void {
  protocol.handle(SCHEME, async ({ url, method }) => {
    const picture = method === 'GET' && isPictureUrl(url) ? pictureAt(url) : undefined
    if (picture) return new Response(new Uint8Array(picture), { headers: headersFor('image/png') })
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

function headersFor(type: string): Record<string, string> {
  return {
    'Content-Type': type,
    'Content-Security-Policy': CONTENT_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  }
}

function notFound(): Response {
  return new Response('Not found.', { status: 404, headers: headersFor('text/plain') })
}
