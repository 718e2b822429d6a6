import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { homeFolder, type Endpoint } from '../contract/endpoint'
import { diskTrouble } from './disk-trouble'
import { patiently } from './patiently'
import { makePrivate } from './private-folder'
import { refuseOddNames } from './windows-names'

/** Node cuts a longer socket path short without a word, and would listen somewhere else. */
const MAX_SOCKET_PATH_BYTES = 103

/** This process's home folder as an absolute path. */
export function ownHome(): string {
  return resolve(homeFolder({ platform: process.platform, env: process.env, userHome: homedir() }))
}

/**
 * Creates the home folder where it is missing and closes it to other users (0700), and whatever this process makes from
 * now on (0600), whatever the umask was, which it returns. Throws a sentence for the user when the home cannot be used, or when others
 * can write to it.
 */
export function prepareHome(home: string): number | undefined {
  try {
    const umask = process.platform === 'win32' ? undefined : process.umask(0o077)
    refuseOddNames(home)
    makePrivate(home)
    makePrivate(join(home, 'logs'))
    for (const name of FILES) refuseFolder(join(home, name))
    return umask
  } catch (error) {
    const why = diskTrouble(error) ?? (error instanceof Error ? error.message : String(error))
    const sentence = `Tried to use ${home} for what Waggle keeps: ${why}. Set WAGGLE_HOME to a folder of yours.`
    throw new Error(sentence, { cause: error })
  }
}

/** What Waggle keeps there. */
export const FILES = ['settings.json', 'waggle.db', 'endpoint.json', 'waggle.sock']

function refuseFolder(path: string): void {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) return
  throw new Error(`a folder stands at ${path}, where Waggle keeps a file. Move it away`)
}

export interface PipeSurroundings {
  readonly platform: string
  /** Folders that only this user may write to; made only where the home's path is too long. The first short one is taken. */
  readonly folders: readonly (() => string)[]
  /** A random word for the name of a Windows pipe, which any user may open. */
  readonly random: () => string
}

/**
 * Where the pipe listens: `waggle.sock` in the home; where that path is too long for a socket, one in the user's own
 * folder; on Windows a pipe with a random name. Throws when that folder is not ours or too long itself.
 */
export function pipePath(home: string, { platform, folders, random }: PipeSurroundings): string {
  if (platform === 'win32') return `\\\\.\\pipe\\waggle-${random()}`
  const path = join(home, 'waggle.sock')
  if (isShortEnough(path)) return path
  const name = `${createHash('sha256').update(home).digest('hex').slice(0, 16)}.sock`
  for (const folder of folders) {
    const short = join(folder(), name)
    if (isShortEnough(short)) return short
  }
  throw new Error(`${path} is too long for the pipe. Set WAGGLE_HOME to a shorter path.`)
}

function isShortEnough(path: string): boolean {
  return Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES
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
  patiently(() => renameSync(beside, path))
}

/** For a clean exit: removes `endpoint.json` if it is ours, and leaves that of a Waggle started since. */
export function removeEndpoint(home: string, { token }: Endpoint): void {
  if (readToken(home) === token) patiently(() => rmSync(endpointFile(home), { force: true }))
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
