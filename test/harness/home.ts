import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A home folder of its own for a test; `remove` deletes it with all that is in it, trying again for a second while
 * Chromium's helpers, which outlive the app by some milliseconds, still write into it.
 */
export function temporaryHome(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'waggle-e2e-'))
  return {
    path: join(folder, 'home'),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 }),
  }
}
