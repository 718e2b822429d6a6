import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './lib/paths.mjs'
import { Stop, whenStarted, withProgress } from './lib/progress.mjs'
import { npm, run } from './lib/run.mjs'

const sources = [
  'src',
  'assets',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'cli.vite.config.ts',
  'client.vite.config.ts',
  'scripts/client-types.mjs',
  'scripts/notices.mjs',
]
/** One output of each part, the last ones its build writes. */
const outputs = [
  'out/main/main.js',
  'out/main/headless.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
  'out/cli/waggle.js',
  'out/client/waggle-client.js',
  'out/client/types/client/waggle-client.d.ts',
  'out/third-party-notices.txt',
]

/** True when something that the build reads is newer than what it wrote. */
export function isStale() {
  const built = Math.min(...outputs.map((path) => mtime(join(projectRoot, path), 0)))
  return sources.some((path) => newest(join(projectRoot, path)) > built)
}

/** Builds the app and the command line into `out`. Throws {@link Stop} when that fails. */
export async function build() {
  const [command, args] = npm(['run', '--silent', 'build'])
  const { code, stdout, stderr } = await withProgress('Building', () =>
    run(command, args, { cwd: projectRoot, capture: true }),
  )
  if (code !== 0)
    throw new Stop(`${stdout}${stderr}\nThe build failed with exit code ${code}; its own words are above.`)
}

/** Builds when {@link isStale}. */
export async function buildIfStale() {
  if (isStale()) await build()
}

/**
 * The latest change below a path, in ms; folders count, so that a deleted file is noticed, too.
 * @param {string} path
 * @returns {number}
 */
export function newest(path) {
  const own = mtime(path, 0)
  if (own === 0 || !statSync(path).isDirectory()) return own
  return Math.max(own, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/**
 * @param {string} path
 * @param {number} absent
 */
function mtime(path, absent) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? absent
}

await whenStarted(import.meta.url, buildIfStale)
