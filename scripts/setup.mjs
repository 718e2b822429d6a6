import { whenStarted, say } from './lib/progress.mjs'
import { buildIfStale } from './build.mjs'
import { resolveElectron } from './electron.mjs'
import { installNpmPackages } from './setup/npm-packages.mjs'
import { installSystemPackages } from './setup/install-system-packages.mjs'

/**
 * Makes a fresh clone ready to run: system packages, npm packages, Electron, and (unless `build` is false) the build.
 * What is there already costs a fraction of a second. Throws a `Stop` that says what to do when it cannot.
 * @param {{desktop: boolean, inputs?: boolean, build?: boolean}} needs `desktop`: with what a virtual desktop needs;
 *   `inputs`: with the programs whose inputs the tests deliver to
 * @returns {Promise<import('./electron.mjs').Electron>}
 */
export async function setup({ desktop, inputs = false, build = true }) {
  await installSystemPackages({ desktop, inputs })
  await installNpmPackages()
  const electron = await resolveElectron()
  say(`Electron ${electron.version}: ${electron.why}`)
  if (build) await buildIfStale()
  return electron
}

await whenStarted(import.meta.url, async () => {
  await setup({ desktop: true, inputs: true })
})
