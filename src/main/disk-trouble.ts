import { constants } from 'node:os'
import { OperationError } from '../contract/failure'

/** What the disk says when it takes nothing, in words; undefined for any other error. */
export function diskTrouble(error: unknown): string | undefined {
  return sentences[codeOf(error)]
}

/** How soon it is worth trying again. */
const RETRY_MS = 10_000

/** The error for who asked for something that the disk does not take; undefined for any other error. */
export function storageError(error: unknown): OperationError | undefined {
  if (error instanceof OperationError) return undefined
  const why = diskTrouble(error)
  if (why === undefined) return undefined
  return new OperationError('storage', `Nothing was changed: ${why}. Try again then.`, {
    retryAfterMs: RETRY_MS,
  })
}

const sentences: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk of Waggle’s home is full. Free some space; it goes on by itself',
  EDQUOT: 'your share of the disk of Waggle’s home is used up. Free some space; it goes on by itself',
  EROFS: 'the disk of Waggle’s home cannot be written to. Make it writable; it goes on by itself',
  EIO: 'the disk of Waggle’s home has an error. Look after it; where it passes, it goes on by itself',
  ECORRUPT: 'the messages in waggle.db are damaged. Restart Waggle: it says what can be done',
}

/** Of Node's errors and of SQLite's, whose first eight bits say what kind it is, and which may know the system's own. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('systemErrno' in error && error.systemErrno === constants.errno.EROFS) return 'EROFS'
  if ('errcode' in error && typeof error.errcode === 'number') return sqliteCodes[error.errcode & 0xff] ?? ''
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** FULL, READONLY, IOERR, CANTOPEN; CORRUPT, NOTADB. */
const sqliteCodes: Readonly<Record<number, string>> = {
  8: 'EROFS',
  10: 'EIO',
  11: 'ECORRUPT',
  13: 'ENOSPC',
  14: 'EIO',
  26: 'ECORRUPT',
}
