import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Stop, say, withProgress } from '../lib/progress.mjs'
import { run } from '../lib/run.mjs'
import {
  appPackages,
  desktopCommands,
  desktopPackages,
  inputCommands,
  inputPackages,
  installCommand,
  installedIn,
  missingPackages,
  namesToInstall,
  wineCommands,
  winePackages,
} from './system-packages.mjs'

const aptOptions = ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300']

/**
 * Sees to the system's packages on Linux: root installs what is missing, anyone else is told the exact command.
 * Throws {@link Stop} when something stays missing.
 * @param {{desktop: boolean, inputs?: boolean, wine?: boolean}} needs with what a virtual desktop needs, programs with real inputs, and Wine
 */
export async function installSystemPackages({ desktop, inputs = false, wine = false }) {
  if (process.platform !== 'linux') return
  const more = [
    ...(desktop ? desktopPackages : []),
    ...(inputs ? inputPackages : []),
    ...(wine ? winePackages : []),
  ]
  const commands = [
    ...(desktop ? desktopCommands : []),
    ...(inputs ? inputCommands : []),
    ...(wine ? wineCommands : []),
  ]
  if (!inPath('dpkg-query')) return checkCommands(commands, more)
  const wanted = [...appPackages, ...more]
  const missing = missingPackages(wanted, await installed(wanted))
  if (missing.length === 0) return
  if (process.getuid?.() !== 0) {
    const names = namesToInstall(missing, await known(missing))
    throw new Stop(
      `Some system packages are missing. Install them, then run this again:\n\n  ${installCommand(names)}\n`,
    )
  }
  await apt('Reading the package lists', ['update'])
  const names = namesToInstall(missing, await known(missing))
  say(`Missing: ${names.join(' ')}`)
  await apt('Installing them', ['install', ...aptOptions, ...names])
}

/** @param {import('./system-packages.mjs').Package[] | readonly import('./system-packages.mjs').Package[]} packages */
async function installed(packages) {
  const format = '${Package} ${db:Status-Status}\\n'
  const { stdout } = await run('dpkg-query', ['-W', '-f', format, ...packages.flat()], { capture: true })
  return installedIn(stdout)
}

/** @param {readonly import('./system-packages.mjs').Package[]} packages */
async function known(packages) {
  const { stdout } = await run('apt-cache', ['madison', ...packages.flat()], { capture: true })
  return new Set(stdout.split('\n').map((line) => line.split('|', 1)[0]?.trim() ?? ''))
}

/**
 * @param {string} what
 * @param {readonly string[]} args
 */
async function apt(what, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { code, stdout, stderr } = await withProgress(what, () =>
    run('apt-get', args, { env, capture: true }),
  )
  if (code === 0) return
  throw new Stop(
    `${stdout}${stderr}\napt-get ${args.join(' ')} failed with exit code ${code}; its own words are above.`,
  )
}

/**
 * @param {readonly string[]} commands
 * @param {readonly import('./system-packages.mjs').Package[]} packages that hold them
 */
function checkCommands(commands, packages) {
  const missing = commands.filter((name) => !inPath(name))
  if (missing.length === 0) return
  const names = packages.flat().join(' ')
  throw new Stop(
    `These commands are missing: ${missing.join(', ')}. Install the packages that hold them; on Debian they are: ${names}`,
  )
}

/** @param {string} command */
function inPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
