/** A message as it is looked for on a screen; made once, since it is compared again and again. */
export interface Wanted {
  readonly text: string
  /** Without white space, lines and what is never drawn. */
  readonly bare: string
  /** `bare` without emoji, about whose width terminals and programs disagree. */
  readonly plain: string
}

/** How a program shows a long paste: as itself, or as a placeholder of its own. */
export type Likeness = 'text' | 'nearly' | 'placeholder'

export function wanted(text: string): Wanted {
  const content = bare(text)
  return { text, bare: content, plain: plain(content) }
}

/** Line breaks, indentation and borders are the program's own, and some characters are never drawn. */
export function bare(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\s\u2500-\u257f\u2580-\u259f]|(?!\ufe0f|\u200d)\p{Default_Ignorable_Code_Point}/gu, '')
}

function plain(text: string): string {
  return text.replaceAll(
    /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\p{M}|\u200d/gu,
    '',
  )
}

/** True for a message with characters about whose width terminals and programs disagree. */
export function hasEmoji({ bare, plain }: Wanted): boolean {
  return bare !== plain
}

/** Whether what stands in a prompt is the message and nothing else. */
export function likeness(shown: string, message: Wanted): Likeness | undefined {
  const content = bare(shown)
  if (content === message.bare) return 'text'
  if (hasEmoji(message) && isNear(plain(content), message.plain)) return 'nearly'
  return isPlaceholder(shown, message.text) ? 'placeholder' : undefined
}

/** Emoji leave ghosts of neighbours on a screen: nine tenths in order and the same end are taken for the same text. */
function isNear(one: string, other: string): boolean {
  if (one === other) return one.length > 0
  const longest = Math.max(one.length, other.length)
  if (longest < 10 || longest > 1500 || one.slice(-6) !== other.slice(-6)) return false
  return inCommon(one, other) >= 0.9 * longest
}

/** The length of the longest common subsequence. */
function inCommon(one: string, other: string): number {
  let before = new Uint16Array(other.length + 1)
  for (const char of one) {
    const now = new Uint16Array(other.length + 1)
    for (let at = 1; at <= other.length; at += 1) {
      const same = (before[at - 1] ?? 0) + 1
      now[at] = char === other[at - 1] ? same : Math.max(before[at] ?? 0, now[at - 1] ?? 0)
    }
    before = now
  }
  return before[other.length] ?? 0
}

/** What a placeholder without a number can stand for: one line that is too long to be shown. */
const LONG_LINE = 300

/** "[Pasted text #1 +4 lines]", "[Pasted Text: 1200 lines]", "[Pasted Content 60092 chars]", if the number fits. */
function isPlaceholder(shown: string, text: string): boolean {
  const line = shown.trim()
  if (!/^\[[^[\]]*past[^[\]]*\]$/i.test(line)) return false
  const counts = [...line.matchAll(/(\d+)\s*(line|char)/gi)]
  const lines = text.split('\n').length
  const [, number, unit] = counts.at(-1) ?? []
  if (number === undefined || unit === undefined) return lines === 1 && text.length > LONG_LINE
  const fitting = /line/i.test(unit) ? [lines, lines - 1] : [text.length, Array.from(text).length]
  return fitting.includes(Number(number))
}
