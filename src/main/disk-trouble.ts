/** What the disk says when it takes nothing, in words; undefined for any other error. */
export function diskTrouble(error: unknown): string | undefined {
  return sentences[codeOf(error)]
}

const sentences: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space; then it goes on by itself',
  EDQUOT: 'your share of the disk is used up. Free some space; then it goes on by itself',
  EROFS: 'the disk cannot be written to (read-only). Make it writable; then it goes on by itself',
  EIO: 'the disk has an error. Look after the disk; then it goes on by itself',
}

/** Of Node's and of SQLite's errors. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('errcode' in error && typeof error.errcode === 'number') return sqliteCodes[error.errcode & 0xff] ?? ''
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** SQLite's primary result codes. */
const sqliteCodes: Readonly<Record<number, string>> = { 8: 'EROFS', 10: 'EIO', 13: 'ENOSPC' }
