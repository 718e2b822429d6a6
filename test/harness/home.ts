import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A home folder of its own for a test; `remove` deletes it with all that is in it. */
export function temporaryHome(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'waggle-e2e-'))
  return {
    path: join(folder, 'home'),
    remove() {
      try {
        rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })
      } catch {
        // Chromium's helpers outlive the app and write their cache again; what is left is in the temp folder.
      }
    },
  }
}
