import type { MessageRow } from './rows'
import { prepare, type Database } from './schema'
import type { Search } from './search'

/** So many texts, and characters of them, are indexed within some 20 ms. */
export const FEW = 500
const CHARACTERS = 500_000

/**
 * Those of the first rows whose text a search finds, and how many rows were looked at. They are indexed on the spot, in
 * memory: a search through everything gathers every message that has a word before it gives the first of them, which
 * takes half a second for a word that is in all of a million. Such a word is found among the newest few.
 */
export function searchFew(
  database: Database,
  rows: readonly MessageRow[],
  { match, parts }: Search,
): { readonly found: MessageRow[]; readonly lookedAt: number } {
  const looked = withinBudget(rows)
  const having = looked.filter(({ text }) => parts.every((part) => text.includes(part)))
  if (match === undefined) return { found: having, lookedAt: looked.length }
  // Nothing of it is kept, and the words are told apart as in the index of all messages.
  database.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.few_texts USING fts5 (
    text, content = '', tokenize = 'unicode61 remove_diacritics 2', columnsize = 0)`)
  try {
    database.exec('BEGIN')
    const insert = prepare<never>(database, 'INSERT INTO few_texts (rowid, text) VALUES (?, ?)')
    for (const { seq, text } of having) insert.run(seq, text)
    const matching = prepare<{ rowid: number }>(
      database,
      'SELECT rowid FROM few_texts WHERE few_texts MATCH ?',
    )
    const numbers = new Set(matching.all(match).map(({ rowid }) => rowid))
    return { found: having.filter(({ seq }) => numbers.has(seq)), lookedAt: looked.length }
  } finally {
    database.exec('ROLLBACK')
  }
}

function withinBudget(rows: readonly MessageRow[]): readonly MessageRow[] {
  let characters = 0
  const end = rows.findIndex(({ text }, index) => index >= FEW || (characters += text.length) > CHARACTERS)
  return end === -1 ? rows : rows.slice(0, end)
}
