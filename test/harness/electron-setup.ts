import { resolveElectron } from '../../scripts/electron.mjs'

/** Everything that a suite starts runs on one and the same Electron, which is at hand before the first test. */
export async function setup(): Promise<void> {
  process.env.ELECTRON_OVERRIDE_DIST_PATH = (await resolveElectron()).dist
}
