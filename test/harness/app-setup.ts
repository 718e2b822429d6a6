import { buildIfStale } from '../../scripts/build.mjs'
import { resolveElectron } from '../../scripts/electron.mjs'

/** The real app is about to be started: its code is built from what is in `src` now, and its Electron is at hand. */
export async function setup(): Promise<void> {
  await resolveElectron()
  await buildIfStale()
}
