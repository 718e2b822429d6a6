import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { homeFolder, type Endpoint } from '../contract/endpoint'

/** Node cuts a longer socket path short without a word, and would listen somewhere else. */
const MAX_SOCKET_PATH_BYTES = 103

/** This process's home folder as an absolute path. */
export function ownHome(): string {
  return resolve(homeFolder({ platform: process.platform, env: process.env, userHome: homedir() }))
}

/** Creates the home folder where it is missing and closes it to other users (0700). Throws a sentence for the user. */
export function prepareHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    if (process.platform !== 'win32') chmodSync(home, 0o700)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const sentence = `Tried to use ${home} for what Waggle keeps: ${why}. Set WAGGLE_HOME to a folder of yours.`
    throw new Error(sentence, { cause: error })
  }
}

export interface PipeSurroundings {
  readonly platform: string
  readonly tempFolder: string
  /** The user's number; absent on Windows. */
  readonly uid: number | undefined
  /** A random word for the name of a Windows pipe, which any user may open. */
  readonly random: () => string
}

/**
 * Where the pipe listens: `waggle.sock` in the home; where that path is too long for a socket, one in a private folder
 * under the temp folder, which is created; on Windows a pipe with a random name. Throws when that folder is not ours.
 */
export function pipePath(home: string, { platform, tempFolder, uid, random }: PipeSurroundings): string {
  if (platform === 'win32') return `\\\\.\\pipe\\waggle-${random()}`
  const path = join(home, 'waggle.sock')
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES) return path
  const name = `${createHash('sha256').update(home).digest('hex').slice(0, 16)}.sock`
  const user = `waggle-${uid ?? 'user'}`
  const folder = [join(tempFolder, user), join('/tmp', user)].find(
    (folder) => Buffer.byteLength(join(folder, name)) <= MAX_SOCKET_PATH_BYTES,
  )
  if (folder === undefined)
    throw new Error(`No path for the pipe is short enough, not even under ${tempFolder}.`)
  preparePrivateFolder(folder, uid)
  return join(folder, name)
}

/** The temp folder is everyone's: a folder of that name that someone else made could swap the socket for another. */
function preparePrivateFolder(folder: string, uid: number | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  if (found.isDirectory() && (uid === undefined || found.uid === uid) && (found.mode & 0o077) === 0) return
  throw new Error(
    `${folder} is not a private folder of this user, so the pipe cannot be put there. Remove it, or set WAGGLE_HOME to a shorter path.`,
  )
}

/** A token that nobody can guess: who has it could read `endpoint.json`. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Tells scripts where the pipe is; replaced in one go and readable by the user only. */
export function writeEndpoint(home: string, endpoint: Endpoint): void {
  const path = endpointFile(home)
  const beside = `${path}.${endpoint.pid}.tmp`
  rmSync(beside, { force: true })
  const file = openSync(beside, 'wx', 0o600)
  try {
    writeSync(file, `${JSON.stringify(endpoint)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(beside, path)
}

/** For a clean exit: removes `endpoint.json` if it is ours, and leaves that of a Waggle started since. */
export function removeEndpoint(home: string, { token }: Endpoint): void {
  if (readToken(home) === token) rmSync(endpointFile(home), { force: true })
}

function readToken(home: string): string | undefined {
  try {
    const endpoint: unknown = JSON.parse(readFileSync(endpointFile(home), 'utf8'))
    if (typeof endpoint !== 'object' || endpoint === null || !('token' in endpoint)) return undefined
    return typeof endpoint.token === 'string' ? endpoint.token : undefined
  } catch {
    // Missing or not ours to understand: either way there is nothing of ours to remove.
    return undefined
  }
}

function endpointFile(home: string): string {
  return join(home, 'endpoint.json')
}
