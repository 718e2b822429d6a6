import { existsSync } from 'node:fs'
import {
  copyFile,
  link,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const HOUR_MS = 3_600_000
const defaultApp = fileURLToPath(new URL('default-app', import.meta.url))

/** The executable's path inside an Electron's folder. */
export const executableName =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
    /** @type {string} */ (process.platform)
  ] ?? 'electron'

/**
 * True when this Electron has an app inside that reads the folder named on the command line.
 * @param {string} dist
 */
export function readsArguments(dist) {
  const resources = join(
    dist,
    process.platform === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources',
  )
  return ['default_app.asar', 'app', 'app.asar'].some((name) => existsSync(join(resources, name)))
}

/**
 * Gives an Electron our own default app, the newest version of it. What is up to date is not touched: another process
 * may be reading it.
 * @param {string} dist
 */
export async function putDefaultApp(dist) {
  const to = join(dist, 'resources', 'app')
  await mkdir(to, { recursive: true })
  for (const name of await readdir(defaultApp)) {
    const wanted = await readFile(join(defaultApp, name), 'utf8')
    const present = await readFile(join(to, name), 'utf8').catch(() => undefined)
    if (present === wanted) continue
    await writeFile(join(to, `${name}.${process.pid}`), wanted)
    await rename(join(to, `${name}.${process.pid}`), join(to, name))
  }
}

/**
 * Makes the folder `to` complete or not at all: `fill` works in a folder beside it, which then takes its name.
 * @param {string} to
 * @param {(folder: string) => Promise<void>} fill
 */
export async function makeAtomically(to, fill) {
  const parent = join(to, '..')
  await mkdir(parent, { recursive: true })
  await sweep(parent)
  const folder = await mkdtemp(join(parent, 'tmp-'))
  try {
    await fill(folder)
    await rename(folder, to).catch((/** @type {NodeJS.ErrnoException} */ error) => {
      // Another process was quicker: its result is as good as ours.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Removes what a killed run left half made.
 * @param {string} parent
 */
async function sweep(parent) {
  for (const name of await readdir(parent)) {
    if (!name.startsWith('tmp-')) continue
    const { mtimeMs } = await stat(join(parent, name))
    if (Date.now() - mtimeMs > HOUR_MS) await rm(join(parent, name), { recursive: true, force: true })
  }
}

/**
 * A copy of an Electron that costs little disk, without the app inside. Its executable is a copy of its own, because
 * flipping fuses writes into the file and a hard link would carry that back.
 * @param {string} from
 * @param {string} to an existing folder
 */
export async function mirrorRuntime(from, to) {
  for (const entry of await readdir(from, { withFileTypes: true, recursive: true })) {
    const relative = join(entry.parentPath, entry.name).slice(from.length + 1)
    if (relative.split(/[\\/]/).slice(0, 2).join('/') === 'resources/app') continue
    if (entry.isDirectory()) await mkdir(join(to, relative), { recursive: true })
    else await linkOrCopy(join(from, relative), join(to, relative), relative === executableName)
  }
}

/**
 * @param {string} from
 * @param {string} to
 * @param {boolean} copy
 */
async function linkOrCopy(from, to, copy) {
  await mkdir(join(to, '..'), { recursive: true })
  if (copy) return copyFile(from, to)
  return link(from, to).catch(() => copyFile(from, to))
}
