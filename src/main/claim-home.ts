import { DatabaseSync } from '@photostructure/sqlite'
import { join } from 'node:path'

/** Held until this process ends, whatever ends it. */
const held: object[] = []

/**
 * Claims the home for this process; false when another one has it. Two on one home would both deliver what waits there.
 * SQLite's lock on a file of its own is the system's: it goes with its process, also after a crash.
 */
export function claimHome(home: string): boolean {
  const database = new DatabaseSync(join(home, 'running'), { timeout: 0 })
  try {
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    held.push(database)
    return true
  } catch (error) {
    database.close()
    if (isBusy(error)) return false
    throw error
  }
}

/** SQLite's BUSY, as what was thrown or as its cause. */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined
  return code === 5 || /database is locked/.test(error.message) || isBusy(error.cause)
}
