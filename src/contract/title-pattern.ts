/** What the `u` flag lets nobody escape: neither a sign of the syntax nor a letter or digit, which may mean a class. */
const NEEDLESS = /[^\p{L}\p{N}^$\\.*+?()[\]{}|/]/u

/**
 * What users write for a window's title, as an expression of whole characters (the `u` flag). Escapes that need not be,
 * such as Python's `re.escape` writes (`\-`, `\ `), mean the character behind them. Throws `SyntaxError` for what is no
 * regular expression.
 */
export function titlePattern(pattern: string): RegExp {
  const needed = pattern.replaceAll(/\\(.)/gsu, (escape, character: string) =>
    NEEDLESS.test(character) ? `\\u{${character.codePointAt(0)?.toString(16)}}` : escape,
  )
  return new RegExp(needed, 'u')
}
