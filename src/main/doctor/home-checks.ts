import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import type { Check } from '../../contract/doctor'
import type { Holder } from '../../contract/operations'
import type { Session } from '../../contract/session'
import { diskTrouble } from '../disk-trouble'
import { FILES } from '../home'
import { strangersIn } from '../private-folder'
import { readWindowsRights } from './read-windows-rights'
import { strangersInRights } from './windows-rights'
import type { LiveSettings } from '../settings'
import { failed, passed, warned, words } from './checks'
import { timesCheck } from './times-check'

export interface HomeCheckDeps {
  readonly home: string
  readonly session: Session
  readonly settings: Pick<LiveSettings, 'refresh' | 'problems' | 'unknown'>
  lockPath(): string
  /** Who has the desktop now, this process or another. */
  lockHolder(): Holder | undefined
  /** Why nobody of this user can take the lock: something of another user's stands in its place. */
  foreignLock(): string | undefined
  /** Milliseconds since 1970. */
  now(): number
  /** Where the pipe listens; undefined when it does not. */
  pipe(): string | undefined
}

/** What is kept on disk, and the pipe. */
export async function homeChecks(deps: HomeCheckDeps): Promise<Check[]> {
  return [
    lockCheck(deps),
    await homeCheck(deps),
    databaseCheck(deps),
    settingsCheck(deps),
    timesCheck(deps),
    await pipeCheck(deps),
  ]
}

function lockCheck({ lockPath, lockHolder, foreignLock }: HomeCheckDeps): Check {
  const name = 'Desktop lock'
  const path = lockPath()
  const folder = firstThatExists(dirname(path))
  if (!isWritable(folder)) {
    return failed(
      name,
      `The lock ${path} cannot be made: ${folder} is not writable.`,
      'Choose another path in the settings (lock.path) or by WAGGLE_LOCK, the same for every program that takes turns.',
    )
  }
  const foreign = foreignLock()
  if (foreign !== undefined) {
    const remedy = `Have it removed, and keep the lock where only you may write: without lock.path and WAGGLE_LOCK it is there.`
    return failed(name, `Nobody gets the desktop: ${foreign}.`, remedy)
  }
  const open = isOwnedByOthers(folder)
  if (open !== undefined) {
    const remedy = 'Choose a folder of yours (lock.path, WAGGLE_LOCK), or none: the default is one.'
    return { name, ok: 'warning', found: `Other users could hold the lock ${path}: ${open}.`, remedy }
  }
  const holder = lockHolder()
  if (!holder) return passed(name, `${path} is free.`)
  const who = holder.pid === undefined ? 'a program' : `process ${holder.pid}`
  return passed(name, `${path} is held by ${who} since ${holder.since}: ${holder.reason}.`)
}

async function homeCheck({ home, session }: HomeCheckDeps): Promise<Check> {
  const name = 'Home folder'
  const trouble = whyNotWritable(home)
  if (trouble !== undefined) {
    return failed(
      name,
      `${home} is not writable (${trouble}).`,
      'Give it back to your user, or set WAGGLE_HOME to another folder.',
    )
  }
  const inTheWay = FILES.find((file) => isFolder(join(home, file)))
  if (inTheWay !== undefined)
    return failed(
      name,
      `A folder stands at ${join(home, inTheWay)}, where Waggle keeps a file.`,
      'Move it away, and start Waggle again.',
    )
  if (session.platform === 'win32') return windowsHomeCheck(name, home)
  const strangers = strangersIn(home)
  if (strangers !== undefined)
    return failed(name, `${strangers}.`, 'Until then others can read what agents are told.')
  if ((statSync(home).mode & 0o077) !== 0) {
    const remedy = `Close it: chmod 700 "${home}".`
    return { name, ok: 'warning', found: `${home} is open to other users of this computer.`, remedy }
  }
  return passed(name, `${home} is writable, and yours alone.`)
}

async function windowsHomeCheck(name: string, home: string): Promise<Check> {
  try {
    const { rights, user } = await readWindowsRights(home)
    const strangers = strangersInRights(rights, user)
    if (strangers.length === 0)
      return passed(name, `${home} is writable, and yours alone (the system and administrators aside).`)
    const found = `Others have a right to ${home}: ${strangers.join(', ')} (WD is everyone, BU all users of this computer).`
    return failed(
      name,
      found,
      'Until then others can read what agents are told: use a folder in your own profile.',
    )
  } catch (error) {
    const found = `${home} is writable; who else may read it is not known (${words(error)}).`
    return {
      name,
      ok: 'warning',
      found,
      remedy: 'Look at its security by the Explorer: nobody else should be named there.',
    }
  }
}

/** Under this SQLite soon has no room for what is acknowledged. */
const LITTLE_SPACE = 100 * 1024 * 1024

function databaseCheck({ home }: HomeCheckDeps): Check {
  const name = 'Messages'
  const path = join(home, 'waggle.db')
  const remedy = 'Free some space or give the file back to your user; until then messages are refused.'
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    const { bavail, bsize } = statfsSync(home)
    const free = bavail * bsize
    const sizes = `waggle.db takes ${sizeWords(statSync(path).size)}; ${sizeWords(free)} are free on its disk`
    if (free < LITTLE_SPACE) return failed(name, `${sizes}: too little.`, remedy)
    const aside = readdirSync(home).filter((file) =>
      /^waggle\.db\.broken-[^-]*-[^-]*-\d+T[^-]*-[^-]*-[^-]*Z$/.test(file),
    )
    if (aside.length === 0) return passed(name, `${sizes}.`)
    const found = `${sizes}. Messages of before were damaged; they are kept as ${aside.join(', ')}.`
    return { name, ok: 'warning', found, remedy: 'Remove what you do not need from the home folder.' }
  } catch (error) {
    return failed(name, `waggle.db cannot be used: ${words(error)}`, remedy)
  }
}

function settingsCheck({ settings, home }: HomeCheckDeps): Check {
  settings.refresh()
  const problems = settings.problems()
  const path = join(home, 'settings.json')
  if (problems.length > 0)
    return warned(
      'Settings',
      `settings.json: ${problems.join('; ')}.`,
      `Mend them in the settings view or in ${path}.`,
    )
  const unknown = settings.unknown()
  if (unknown.length === 0) return passed('Settings', 'settings.json is in order.')
  return warned(
    'Settings',
    `settings.json has what Waggle does not know and leaves aside: ${unknown.join(', ')}.`,
    `Mend the names in ${path}, or take them out; agents as an older program had them: waggle agents import FILE.`,
  )
}

const PIPE_MS = 2000

function pipeCheck({ pipe }: HomeCheckDeps): Promise<Check> {
  const path = pipe()
  const remedy = 'Start Waggle again.'
  if (path === undefined) return Promise.resolve(failed('Pipe', 'The pipe does not listen.', remedy))
  return new Promise((resolve) => {
    const socket = connect({ path, timeout: PIPE_MS })
    const end = (check: Check) => {
      socket.destroy()
      resolve(check)
    }
    socket.once('connect', () => end(passed('Pipe', `Scripts reach Waggle at ${path}.`)))
    socket.once('timeout', () => end(failed('Pipe', `Nobody answers at ${path}.`, remedy)))
    socket.once('error', (error) =>
      end(failed('Pipe', `Scripts cannot reach Waggle: ${error.message}`, remedy)),
    )
  })
}

function isOwnedByOthers(folder: string): string | undefined {
  return process.getuid === undefined ? undefined : strangersIn(folder)
}

function firstThatExists(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : firstThatExists(dirname(folder))
}

function isWritable(folder: string): boolean {
  return whyNotWritable(folder) === undefined
}

function whyNotWritable(folder: string): string | undefined {
  try {
    accessSync(folder, constants.W_OK)
    return statSync(folder).isDirectory() ? undefined : 'it is no folder'
  } catch (error) {
    return diskTrouble(error) ?? words(error)
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function sizeWords(bytes: number): string {
  const megabytes = bytes / 1024 / 1024
  if (megabytes < 1) return 'less than 1 MB'
  return megabytes < 1024 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1024).toFixed(1)} GB`
}
