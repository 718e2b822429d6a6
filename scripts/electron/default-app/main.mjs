// What Electron's own default_app.asar does for `electron FOLDER`, for a runtime that lacks it: it runs the app in the
// folder (or the file) named by the first argument that is no flag, under that app's name and version. It awaits the
// app's main module, so that `ready` comes only after that has run.
import * as electron from 'electron'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const app = /** @type {OpenApp} */ (electron.app)
const argument = process.argv.slice(1).find((each) => !each.startsWith('-'))
if (argument === undefined) {
  process.stderr.write('usage: electron [flags] FOLDER [arguments]\n')
  app.exit(1)
} else {
  await start(resolve(argument))
}

/** @param {string} path */
async function start(path) {
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
  const manifest = join(path, 'package.json')
  if (existsSync(manifest)) {
    takeNames(/** @type {Manifest} */ (JSON.parse(readFileSync(manifest, 'utf8'))))
  }
  let main
  try {
    main = createRequire(import.meta.url).resolve(path)
  } catch {
    process.stderr.write(`electron: ${path} holds no app (no package.json whose "main" exists)\n`)
    app.exit(1)
    return
  }
  app.setAppPath(existsSync(manifest) ? path : dirname(main))
  await import(pathToFileURL(main).href)
}

/**
 * @typedef {{name?: string, productName?: string, version?: string, desktopName?: string}} Manifest
 * @typedef {typeof electron.app & {setAppPath: (path: string) => void, setVersion: (version: string) => void}} OpenApp
 *   with the calls that only default apps use
 */

/** @param {Manifest} manifest */
function takeNames({ name, productName, version, desktopName }) {
  app.name = productName ?? name ?? app.name
  if (version) app.setVersion(version)
  app.setDesktopName(desktopName ?? `${app.name}.desktop`)
}
