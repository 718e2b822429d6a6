import type { Exchanges } from './exchanges'
import { toMessage, type MessageRow } from './rows'
import { prepare, type Database } from './schema'

/** So many messages of one exchange are shown: the first, since everything else follows from them. */
const LONGEST_THREAD = 1000

export function createSqliteExchanges(database: Database): Exchanges {
  const root = prepare<{ root: string }>(
    database,
    'SELECT ifnull(thread, id) AS root FROM messages WHERE id = ?',
  )
  const thread = prepare<MessageRow>(
    database,
    `SELECT * FROM messages WHERE id = :root OR thread = :root ORDER BY seq LIMIT ${LONGEST_THREAD}`,
  )
  const reply = prepare<MessageRow>(
    database,
    'SELECT * FROM messages WHERE reply_to = ? ORDER BY seq LIMIT 1',
  )
  const together = prepare<MessageRow>(
    database,
    `SELECT * FROM messages WHERE id = :id OR together = (SELECT together FROM messages WHERE id = :id)
     ORDER BY seq LIMIT ${LONGEST_THREAD}`,
  )
  const answered = prepare<{ recipient: string }>(
    database,
    `SELECT DISTINCT recipient FROM messages WHERE state = 'queued' AND reply_to IS NOT NULL`,
  )
  return {
    thread(id) {
      const found = root.get(id)
      return found ? thread.all({ root: found.root }).map(toMessage) : []
    },
    firstReplyTo(id) {
      const row = reply.get(id)
      return row && toMessage(row)
    },
    sentTogether: (id) => together.all({ id }).map(toMessage),
    answered: () => answered.all().map(({ recipient }) => recipient),
  }
}
