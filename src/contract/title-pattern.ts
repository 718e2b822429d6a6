import { RE2JS } from 're2js'

/** Whether a window's title fits. Never takes long, whatever the pattern and the title. */
export interface TitlePattern {
  test(title: string): boolean
}

/** What the `u` flag lets nobody escape: neither a sign of the syntax nor a letter or digit, which may mean a class. */
const NEEDLESS = /[^\p{L}\p{N}^$\\.*+?()[\]{}|/]/u

/** A page chooses its title: what of it comes after this is not looked at. */
const LONGEST_TITLE = 1024

/**
 * What users write for a window's title, as an expression of whole characters (the `u` flag). Escapes that need not be,
 * such as Python's `re.escape` writes (`\-`, `\ `), mean the character behind them. Throws `SyntaxError` for what is no
 * regular expression, and for one whose search could take for ever and cannot be made in another way (one that looks
 * ahead or refers back, with repetitions of repetitions).
 */
export function titlePattern(pattern: string): TitlePattern {
  const known = made.get(pattern)
  if (known) return known
  const found = make(pattern)
  // Patterns are asked for with every look at the desktop; there are as many as agents.
  if (made.size >= 200) made.clear()
  made.set(pattern, found)
  return found
}

const made = new Map<string, TitlePattern>()

function make(pattern: string): TitlePattern {
  const needed = pattern.replaceAll(/\\(.)/gsu, (escape, character: string) =>
    NEEDLESS.test(character) ? `\\u{${character.codePointAt(0)?.toString(16)}}` : escape,
  )
  const native = new RegExp(needed, 'u')
  const test = isQuick(needed) ? (title: string) => native.test(title) : withoutBacktracking(needed)
  return { test: (title) => test(title.slice(0, LONGEST_TITLE)) }
}

/** Classes are one sign, escapes too; groups, quantifiers and the rest are looked at one by one. */
const SIGNS =
  /\\(?:u\{[\da-f]+\}|u[\da-f]{4}|[pP]\{[^}]*\}|x[\da-f]{2}|k<[^>]*>|c[a-z]|.)|\[(?:\\.|[^\]\\])*\]|\(\?(?:[:=!]|<[=!]|<[^>]*>)|[*+?]|\{\d+(?:,\d*)?\}|./gisu

/** How often what stands before this sign may come; undefined when it is no quantifier. */
function repeats(sign: string): number | undefined {
  if (sign === '*' || sign === '+') return Infinity
  if (sign === '?') return 1
  const [, least, comma, most] = /^\{(\d+)(,?)(\d*)\}$/.exec(sign) ?? []
  if (least === undefined) return undefined
  if (comma === '') return Number(least)
  return most === '' ? Infinity : Number(most)
}

/**
 * True when JavaScript's own search, which tries every way, is done soon on any title: nothing that repeats is repeated,
 * and there are few places that may take more or less.
 */
function isQuick(pattern: string): boolean {
  const signs = pattern.match(SIGNS) ?? []
  /** For each group that is open, whether something in it varies. */
  const open: boolean[] = []
  let [closed, wild] = [false, pattern.startsWith('^') && !pattern.includes('|') ? 0 : 1]
  for (const sign of signs) {
    const times = repeats(sign)
    if (times === undefined) {
      closed = sign === ')' && (open.pop() ?? false)
      if (sign.startsWith('(')) open.push(false)
      if (sign.startsWith('\\k') || /^\\[1-9]/.test(sign)) return false
      if ((closed || sign === '|') && open.length > 0) open[open.length - 1] = true
      continue
    }
    if (times > 1 && closed) return false
    if (times > 8) wild += 1
    if (open.length > 0) open[open.length - 1] = true
  }
  return wild <= 2
}

/** The same by an engine whose time grows with the title's length only. Throws `SyntaxError` where it lacks something. */
function withoutBacktracking(pattern: string): (title: string) => boolean {
  try {
    const engine = RE2JS.compile((pattern.match(SIGNS) ?? []).map(inRe2).join(''))
    return (title) => engine.matcher(title).find()
  } catch {
    throw new SyntaxError(
      'it could take for ever on some titles: take out repetitions of what repeats itself, or what looks ahead or back',
    )
  }
}

/** JavaScript counts more as space, and as the end of a line, than RE2 does. */
const SPACES = String.raw`\t\n\v\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`

function inRe2(sign: string): string {
  if (sign === '.') return String.raw`[^\n\r\x{2028}\x{2029}]`
  if (sign === '[]') return String.raw`[^\x{0}-\x{10ffff}]`
  if (sign === '[^]') return String.raw`[\x{0}-\x{10ffff}]`
  if (sign === String.raw`\s`) return `[${SPACES}]`
  if (sign === String.raw`\S`) return `[^${SPACES}]`
  if (sign.startsWith('[')) return `${sign.slice(0, 1)}${inClass(sign.slice(1, -1))}]`
  return escapeInRe2(sign)
}

function inClass(content: string): string {
  return content.replaceAll(/\\(?:u\{[\da-f]+\}|u[\da-f]{4}|[pP]\{[^}]*\}|.)|\[/gisu, (sign) => {
    if (sign === '[') return String.raw`\[`
    return sign === String.raw`\s` ? SPACES : escapeInRe2(sign)
  })
}

function escapeInRe2(sign: string): string {
  const [, code] = /^\\u\{?([\da-f]+)\}?$/i.exec(sign) ?? []
  if (code !== undefined) return `\\x{${code}}`
  const [, letter, script] = /^\\([pP])\{(?:Script|sc|General_Category|gc)=([^}]*)\}$/.exec(sign) ?? []
  if (letter !== undefined) return `\\${letter}{${script}}`
  return sign === String.raw`\/` ? '/' : sign
}
