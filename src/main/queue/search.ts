/** What a text must have in it to be found. */
export interface Search {
  /** An FTS5 query; undefined where no word can be looked up in the index. */
  readonly match: string | undefined
  /** What must stand in the text just so. */
  readonly parts: readonly string[]
}

/** Scripts that put no space between words: their index would know whole sentences as one word. */
const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** What SQLite's unicode61 makes words of; all else separates them. */
const OF_WORDS = /[\p{L}\p{N}\p{Co}]/u
const isIndexed = (word: string) => OF_WORDS.test(word) && !SPACELESS.test(word)

/**
 * A search for texts in which each of the user's words begins a word; emoji, signs and words of a script without spaces
 * may stand anywhere. Undefined when there is nothing to look for. Every word is quoted, so no input is syntax; a NUL
 * would end the query early and is taken for a space. A single ASCII letter or digit must be the whole word: it begins
 * a tenth of all words, and gathering them takes too long.
 */
export function readSearch(text: string): Search | undefined {
  const words = text.split(/[\s\0]+/u).filter((word) => word !== '')
  if (words.length === 0) return undefined
  const match = words
    .filter(isIndexed)
    .map((word) => (/^[a-z0-9]$/i.test(word) ? `"${word}"` : `"${word.replaceAll('"', '""')}"*`))
    .join(' ')
  return { match: match || undefined, parts: words.filter((word) => !isIndexed(word)) }
}
