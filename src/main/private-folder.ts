import { chmodSync, lstatSync, mkdirSync, readFileSync, realpathSync, type Stats } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** The user of this process, as files know it; undefined on Windows, whose folders have other rules. */
const ownUid = (): number | undefined => process.getuid?.()

/** What people call a user: the account's name where it is known. */
export function userName(uid: number): string {
  return accountNames().get(uid) ?? `number ${uid}`
}

/**
 * Makes the folder where it is missing and closes it to others (0700). Throws a sentence when it is somebody else's, or
 * when another user could change what is in it or put another in its place.
 */
export function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (ownUid() === undefined) return
  const trouble = strangersIn(folder)
  if (trouble !== undefined) throw new Error(trouble)
  chmodSync(folder, 0o700)
}

/** How another user could get at what is in the folder, with what to do about it; undefined when none can. */
export function strangersIn(folder: string): string | undefined {
  const real = realpathSync(folder)
  const found = lstatSync(real)
  if (!found.isDirectory()) return `${folder} is no folder. Move it away`
  if (found.uid !== ownUid())
    return `${folder} belongs to the user ${userName(found.uid)}. Choose a folder of yours`
  if (othersMayWrite(found)) {
    return (
      `other users may write to ${folder}, so nothing in it can be trusted. ` +
      `Look at what is in it, then close it: chmod 700 "${folder}"`
    )
  }
  // Whoever may write to a folder above can put another in its place; in a sticky one (/tmp) only the owner can.
  for (const above of [...foldersAbove(resolve(folder)), ...foldersAbove(real)]) {
    const stat = lstatSync(above)
    if (stat.uid !== 0 && stat.uid !== ownUid())
      return `${above}, which it is in, belongs to the user ${userName(stat.uid)}. Choose another folder`
    if (stat.isDirectory() && othersMayWrite(stat) && (stat.mode & 0o1000) === 0)
      return `other users may write to ${above}, which it is in, and could put another in its place. Close that: chmod go-w "${above}"`
  }
  return undefined
}

/** The root itself is left out: who may write there owns the machine. */
function foldersAbove(folder: string): string[] {
  const above = dirname(folder)
  return dirname(above) === above ? [] : [above, ...foldersAbove(above)]
}

/** On many systems each user has a group of the same number with nobody else in it; its right to write opens nothing. */
function othersMayWrite({ mode, gid, uid }: Stats): boolean {
  return (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && gid !== uid)
}

export interface UserSurroundings {
  readonly platform: string
  readonly uid: number | undefined
  /** The account's folder, whatever HOME says. */
  readonly accountHome: string
  readonly tempFolder: string
  /** Where the system keeps a folder for each user who is logged in. */
  readonly runtimeFolders: string
}

/** This process's {@link UserSurroundings}. */
export function ownSurroundings(tempFolder: string): UserSurroundings {
  return {
    platform: process.platform,
    uid: ownUid(),
    accountHome: process.platform === 'win32' ? '' : userInfo().homedir,
    tempFolder,
    runtimeFolders: '/run/user',
  }
}

/**
 * The one folder that all of a user's programs share and only that user may write to: in the runtime folder, else in the
 * account's home, else (an account without one) a private folder in /tmp. By the account and not by the environment,
 * which a cron job does not share with a desktop session. Made where missing; throws a sentence when none is safe.
 */
export function userFolder(where: UserSurroundings): string {
  const { platform, uid, accountHome, tempFolder, runtimeFolders } = where
  if (platform === 'win32' || uid === undefined) return tempFolder
  const runtime = join(runtimeFolders, String(uid))
  if (isClosed(runtime, uid)) return made(join(runtime, 'waggle'))
  if (isHomeOf(accountHome, uid))
    return made(join(accountHome, folderInHome[platform] ?? '.local/state/waggle'))
  return folderInTmp(uid)
}

/** The user's own folder in /tmp. Throws a sentence when another user was there first. */
export function folderInTmp(uid: number): string {
  return made(`/tmp/waggle-${uid}`)
}

const folderInHome: Readonly<Record<string, string>> = {
  darwin: 'Library/Application Support/dev.waggle.app',
}

function made(folder: string): string {
  try {
    makePrivate(folder)
    return folder
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`Tried to use ${folder}, which all of this user's Waggles share: ${why}.`, {
      cause: error,
    })
  }
}

function isClosed(folder: string, uid: number): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return found?.isDirectory() === true && found.uid === uid && (found.mode & 0o077) === 0
}

function isHomeOf(folder: string, uid: number): boolean {
  try {
    return lstatSync(realpathSync(folder)).uid === uid && strangersIn(folder) === undefined
  } catch {
    return false // an account without a home, as daemons have
  }
}

function accountNames(): Map<number, string> {
  try {
    const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
    return new Map(lines.map((line) => line.split(':')).map(([name = '', , uid]) => [Number(uid), name]))
  } catch {
    return new Map() // no such file here: numbers have to do
  }
}
