import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readJson } from '../lib/json.mjs'
import { projectRoot } from '../lib/paths.mjs'
import { Stop, withProgress } from '../lib/progress.mjs'
import { npm, run } from '../lib/run.mjs'

/**
 * @typedef {{version?: string, optional?: boolean, devOptional?: boolean, link?: boolean}} LockedPackage
 * @typedef {{packages: Record<string, LockedPackage>}} Lock
 */

/**
 * What keeps the installed packages from being those of the lock file: missing ones and other versions. Packages that
 * are optional may be missing, since each platform leaves out those of the others.
 * @param {Lock} wanted package-lock.json
 * @param {Lock | undefined} present what npm wrote into node_modules when it last finished
 * @returns {string[]}
 */
export function outOfStep(wanted, present) {
  return Object.entries(wanted.packages).flatMap(([path, { version, optional, devOptional }]) => {
    const found = present?.packages[path]
    if (path === '' || found?.version === version) return []
    return !found && (optional || devOptional) ? [] : [path]
  })
}

/** Installs the npm packages where node_modules is not what package-lock.json says. Throws {@link Stop} when npm fails. */
export async function installNpmPackages() {
  const present = join(projectRoot, 'node_modules', '.package-lock.json')
  /** @type {Lock} */
  const wanted = readJson(join(projectRoot, 'package-lock.json'))
  const different = outOfStep(wanted, existsSync(present) ? readJson(present) : undefined)
  if (different.length === 0) return
  const [command, args] = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  const { code, stdout, stderr } = await withProgress(
    `Installing npm packages (${different.length} differ)`,
    () => run(command, args, { cwd: projectRoot, capture: true }),
  )
  if (code !== 0)
    throw new Stop(`${stdout}${stderr}\nnpm ci failed with exit code ${code}; its own words are above.`)
}
