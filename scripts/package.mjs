import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from './build.mjs'
import { mirrorRuntime } from './electron/files.mjs'
import { cacheFolder, projectRoot } from './lib/paths.mjs'
import { Stop, say, whenStarted, withProgress } from './lib/progress.mjs'
import { run } from './lib/run.mjs'
import { setup } from './setup.mjs'

const usage = `usage: npm run package              the unpacked app for this system, into dist/
       npm run package -- --all     all targets of electron-builder.yml for this system
       npm run package -- ARGS…     electron-builder with your own arguments; it fetches its own Electron`

/**
 * The Electron to put the app into. electron-builder copies all of it, so it must not hold an app of its own.
 * @param {import('./electron.mjs').Electron} electron
 */
async function electronArguments({ dist, version, origin }) {
  if (origin === 'runtime')
    say('This is a test build: a release takes the Electron that package.json asks for.')
  const bare = origin === 'own' || process.platform !== 'linux' ? dist : await bareCopy(dist)
  return [`-c.electronDist=${bare}`, `-c.electronVersion=${version}`]
}

/** @param {string} dist */
async function bareCopy(dist) {
  const copy = join(cacheFolder, 'electron', 'for-package')
  await rm(copy, { recursive: true, force: true })
  await mkdir(copy, { recursive: true })
  await mirrorRuntime(dist, copy)
  return copy
}

await whenStarted(import.meta.url, async () => {
  const args = process.argv.slice(2)
  if (args.includes('--help')) throw new Stop(usage)
  const electron = await setup({ desktop: false, build: false })
  await build()
  const own = args.filter((arg) => arg !== '--all')
  const what =
    own.length > 0 ? own : [...(args.length > 0 ? [] : ['--dir']), ...(await electronArguments(electron))]
  const builder = join(projectRoot, 'node_modules', 'electron-builder', 'cli.js')
  const { code } = await withProgress('Packaging', () =>
    run(process.execPath, [builder, '--publish', 'never', ...what], { cwd: projectRoot }),
  )
  return code
})
