import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { z } from 'zod'
import { patiently } from '../../patiently'
import { userName } from '../../private-folder'

/** What a holder writes beside the lock: who, why, and which lock folder it means. */
const stampSchema = z.object({
  token: z.string(),
  pid: z.int(),
  reason: z.string(),
  since: z.iso.datetime(),
  folder: z.string(),
  /** Where the number of its process means that process. */
  processes: z.string().optional(),
})
export type Stamp = z.infer<typeof stampSchema>

const LONGEST_BYTES = 16_384

export function stampPath(path: string): string {
  return `${path}.holder`
}

/** Made anew each time and through no link: who may write here could else have us write into another file. */
export function writeStamp(path: string, stamp: Stamp): void {
  removeStamp(path)
  // Windows lacks the last of these; a flag that is not there adds nothing.
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants
  const file = patiently(() => openSync(stampPath(path), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600))
  try {
    writeSync(file, JSON.stringify(stamp))
  } finally {
    closeSync(file)
  }
}

export function removeStamp(path: string): void {
  patiently(() => rmSync(stampPath(path), { force: true }))
}

/** True where it is certain that the holder has ended: it can refresh, use or give back nothing any more. */
export function hasEnded({ pid, processes }: Stamp): boolean {
  if (processes === undefined || processes !== theseProcesses()) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}

/** This run of this machine, and the container in it: elsewhere the same number is another process. Linux alone says so. */
export function theseProcesses(): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return undefined
  }
}

/** Undefined for none, for a link, for another user's, and where its writer was killed halfway. */
export function readStamp(path: string): Stamp | undefined {
  try {
    return stampSchema.parse(JSON.parse(read(stampPath(path))))
  } catch {
    return undefined
  }
}

/** Says whose the stamp is when it is another user's, and what to do. */
export function foreignStamp(path: string): string | undefined {
  try {
    const { uid } = lstatSync(stampPath(path))
    if (process.getuid === undefined || uid === process.getuid()) return undefined
    return `its stamp goes to ${stampPath(path)}, which belongs to the user ${userName(uid)}: have that removed, or choose another lock.path in the settings`
  } catch {
    return undefined
  }
}

function read(file: string): string {
  // Without waiting: a pipe of that name would else hold us up for ever.
  const opened = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const stat = fstatSync(opened)
    const uid = process.getuid?.()
    if (!stat.isFile() || (uid !== undefined && stat.uid !== uid)) throw new Error('not a stamp of ours')
    const bytes = Buffer.alloc(Math.min(stat.size, LONGEST_BYTES))
    return bytes.toString('utf8', 0, readSync(opened, bytes))
  } finally {
    closeSync(opened)
  }
}
