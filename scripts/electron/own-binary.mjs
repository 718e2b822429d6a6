import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder, projectRoot } from '../lib/paths.mjs'
import { readJson } from '../lib/json.mjs'
import { withProgress } from '../lib/progress.mjs'
import { run } from '../lib/run.mjs'

const packageFolder = join(projectRoot, 'node_modules', 'electron')
const failureFile = join(cacheFolder, 'electron', 'download-failed.json')
const DAY_MS = 86_400_000
const DOWNLOAD_LIMIT_MS = 600_000

/** Where the electron package keeps its binary once that is downloaded. */
export const ownDist = join(packageFolder, 'dist')

/** The version of the installed electron package; throws when there is none. */
export function declaredVersion() {
  /** @type {{version: string}} */
  const { version } = readJson(join(packageFolder, 'package.json'))
  return version
}

/** True when the package's own, complete binary is there: `path.txt` is the last thing its installer writes. */
export function ownInstalled() {
  return existsSync(join(packageFolder, 'path.txt')) && existsSync(join(ownDist, 'version'))
}

/**
 * Tries the electron package's own download, 10 minutes at most. A failure is remembered for a day, so that a machine
 * that cannot reach the download's host is not made to wait each time.
 * @returns {Promise<boolean>}
 */
export async function download() {
  const version = declaredVersion()
  const { code, stderr } = await withProgress(`Downloading Electron ${version}`, () =>
    run(process.execPath, [join(packageFolder, 'install.js')], {
      capture: true,
      timeoutMs: DOWNLOAD_LIMIT_MS,
    }),
  )
  if (code === 0 && ownInstalled()) {
    await rm(failureFile, { force: true })
    return true
  }
  const reason = stderr.split('\n').find((line) => line.trim()) ?? `exit code ${code}`
  await mkdir(join(cacheFolder, 'electron'), { recursive: true })
  await writeFile(failureFile, JSON.stringify({ version, at: Date.now(), reason }))
  return false
}

/**
 * Why a download should not be tried now, if so.
 * @param {string} version
 * @returns {string | undefined}
 */
export function downloadRefused(version) {
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) return 'ELECTRON_SKIP_BINARY_DOWNLOAD is set'
  try {
    /** @type {{version: string, at: number, reason: string}} */
    const failed = readJson(failureFile)
    const age = Date.now() - failed.at
    if (failed.version === version && age >= 0 && age < DAY_MS) return `its download failed: ${failed.reason}`
  } catch {
    // No failure on record, or one that nobody can read: worth a try.
  }
  return undefined
}
