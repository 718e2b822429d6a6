/**
 * An FTS5 query for texts in which each of the user's words begins a word; undefined when there is nothing to look
 * for. Every word is quoted, so no input is syntax; a NUL would end the query early and is taken for a space. A single
 * ASCII letter or digit must be the whole word: it begins a tenth of all words, and gathering them takes too long.
 */
export function searchQuery(text: string): string | undefined {
  const words = text.split(/[\s\0]+/u).filter((word) => word !== '')
  if (words.length === 0) return undefined
  return words
    .map((word) => (/^[a-z0-9]$/i.test(word) ? `"${word}"` : `"${word.replaceAll('"', '""')}"*`))
    .join(' ')
}
