import type { WayName } from '../../contract/agent'
import type { Clock } from '../clock'
import type { Pastes } from './pastes'
import { iso } from './rows'
import { prepare, type Database } from './schema'

interface PasteRow {
  readonly message: string
  readonly text: string
  readonly draft: string
  readonly at: number
  readonly way: WayName | null
}

/** See {@link Pastes}; the store's own connection, so that what belongs together is written together. */
export function createSqlitePastes(database: Database, clock: Pick<Clock, 'now'>): Pastes {
  const of = prepare<PasteRow>(database, 'SELECT message, text, draft, at, way FROM pastes WHERE agent = ?')
  const write = prepare<never>(
    database,
    'INSERT OR REPLACE INTO pastes (agent, message, draft, at, text, way) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const erase = prepare<never>(database, 'DELETE FROM pastes WHERE agent = ?')
  /** In the file, but not synced to the disk: this runs within a delivery, and a sync takes some ms on most disks. */
  const unsynced = (run: () => void) => {
    database.exec('PRAGMA synchronous = NORMAL')
    try {
      run()
    } finally {
      database.exec('PRAGMA synchronous = FULL')
    }
  }
  return {
    of(agent) {
      const row = of.get(agent)
      if (!row) return undefined
      const { message: messageId, text, draft, at, way } = row
      return { messageId, text, draft, at: iso(at), ...(way !== null && { way }) }
    },
    write: (agent, { messageId, text, draft, way }) =>
      unsynced(() => void write.run(agent, messageId, draft, clock.now(), text, way ?? null)),
    erase: (agent) => unsynced(() => void erase.run(agent)),
  }
}
