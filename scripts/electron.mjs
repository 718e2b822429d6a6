import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { chooseElectron } from './electron/choose.mjs'
import {
  executableName,
  makeAtomically,
  mirrorRuntime,
  putDefaultApp,
  readsArguments,
} from './electron/files.mjs'
import { declaredVersion, download, downloadRefused, ownDist, ownInstalled } from './electron/own-binary.mjs'
import { registryRuntime } from './electron/registry-runtime.mjs'
import { cacheFolder } from './lib/paths.mjs'
import { Stop, whenStarted } from './lib/progress.mjs'

/**
 * @typedef {object} Electron
 * @property {string} dist its folder
 * @property {string} executable `EXECUTABLE FOLDER` runs the app in FOLDER
 * @property {string} version
 * @property {'override' | 'own' | 'runtime'} origin
 * @property {string} why one sentence for the user
 */

/**
 * Which Electron to run; fetches one where none is there yet. Throws {@link Stop} with what to do when there is none.
 * @returns {Promise<Electron>}
 */
export async function resolveElectron() {
  const choice = await choose()
  if (choice.take === 'override') return describe(await overrideDist(), 'override', choice.why)
  if (choice.take === 'own') return describe(ownDist, 'own', choice.why)
  if (choice.take === 'runtime') return describe(await registryRuntime(), 'runtime', choice.why)
  throw new Stop(choice.why)
}

async function choose() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const declared = override ? '' : declaredVersion()
  const facts = () => ({
    override,
    ownInstalled: ownInstalled(),
    declared,
    downloadRefused: downloadRefused(declared),
    linuxX64: process.platform === 'linux' && process.arch === 'x64',
  })
  const choice = chooseElectron(facts())
  if (choice.take !== 'download') return choice
  const downloaded = await download()
  const after = facts()
  return chooseElectron(
    downloaded ? after : { ...after, downloadRefused: after.downloadRefused ?? 'its download failed' },
  )
}

/**
 * The folder that ELECTRON_OVERRIDE_DIST_PATH names. One that cannot read `electron FOLDER` is left alone; a copy of it
 * in the cache learns to.
 */
async function overrideDist() {
  const dist = resolve(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '')
  const executable = join(dist, executableName)
  if (!existsSync(executable)) {
    throw new Stop(`ELECTRON_OVERRIDE_DIST_PATH=${dist} holds no ${executableName}: correct it or unset it.`)
  }
  if (readsArguments(dist) || process.platform !== 'linux') return dist
  const { mtimeMs, size } = statSync(executable)
  const key = createHash('sha256').update(`${dist} ${mtimeMs} ${size}`).digest('hex').slice(0, 12)
  const copy = join(cacheFolder, 'electron', `override-${key}`)
  if (!existsSync(copy)) await makeAtomically(copy, (folder) => mirrorRuntime(dist, folder))
  await putDefaultApp(copy)
  return copy
}

/**
 * @param {string} dist
 * @param {Electron['origin']} origin
 * @param {string} why
 * @returns {Promise<Electron>}
 */
async function describe(dist, origin, why) {
  const version = await readFile(join(dist, 'version'), 'utf8').catch(() => 'of unknown version')
  return {
    dist,
    executable: join(dist, executableName),
    version: version.trim().replace(/^v/, ''),
    origin,
    why,
  }
}

await whenStarted(import.meta.url, async () => {
  const { version, executable, why } = await resolveElectron()
  process.stdout.write(`Electron ${version}: ${executable}\n  ${why}\n`)
})
