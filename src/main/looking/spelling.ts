/** How an input writes a line break when it is asked for its text: as one line feed, or as two (between paragraphs). */
export type Breaks = 1 | 2

/**
 * How like the message a text is that was read out of an input: `same` in content; the same but for blank lines and white
 * space at the ends of lines; `other`.
 */
export type Likeness =
  | { readonly kind: 'same'; readonly breaks: Breaks }
  | { readonly kind: 'white-space' }
  | { readonly kind: 'other' }

/**
 * Compares content, not spelling: Windows' line ends, no-break spaces (Chromium writes spaces so), marks of no width and
 * line breaks at the end do not count. An input whose `breaks` are known is read by them; else by whichever fits: stock
 * ProseMirror copies the three paragraphs of `a\nb\nc` as `a\n\nb\n\nc`.
 */
export function likeness(got: string, wanted: string, breaks?: Breaks): Likeness {
  const [text, same] = [plain(got), plain(wanted)]
  const ways: readonly Breaks[] = breaks === undefined ? [1, 2] : [breaks]
  for (const each of ways) {
    if (trimmed(each === 1 ? text : text.replaceAll('\n\n', '\n')) === trimmed(same)) {
      return { kind: 'same', breaks: each }
    }
  }
  return bare(text) === bare(same) ? { kind: 'white-space' } : { kind: 'other' }
}

export function isSame(got: string, wanted: string, breaks?: Breaks): boolean {
  return likeness(got, wanted, breaks).kind === 'same'
}

/** True if both have the same letters: a field of one line makes spaces of line breaks, or nothing. */
export function hasSameLetters(got: string, wanted: string): boolean {
  return got.replaceAll(/\s+/g, '') === wanted.replaceAll(/\s+/g, '')
}

/** What is left of a text without the last of the places where a part stands in it: all of it where it does not. */
export function withoutLast(text: string, part: string): string {
  const at = plain(text).lastIndexOf(trimmed(plain(part)))
  // Places are those of the plain text, so the rest is cut out of that.
  const from = plain(text)
  const rest = at === -1 ? from : from.slice(0, at) + from.slice(at + trimmed(plain(part)).length)
  return trimmed(rest)
}

const PART = 8

/** True if any eight characters in a row of what was wanted are there: the program has changed the rest. */
export function hasPartOf(got: string, wanted: string): boolean {
  const [text, whole] = [plain(got), trimmed(plain(wanted))]
  const last = Math.max(1, whole.length - PART + 1)
  for (let from = 0; from < last; from += PART) if (text.includes(whole.slice(from, from + PART))) return true
  return false
}

/** The beginning of a text, on one line, for a sentence about it. */
export function excerpt(text: string, characters = 60): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const all = Array.from(line)
  return all.length > characters ? `${all.slice(0, characters).join('')}…` : line
}

/** How many line breaks a text ends with, which no comparison counts. */
export function endBreaks(text: string): number {
  return /\n*$/.exec(plain(text))?.[0].length ?? 0
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\u00a0', ' ').replaceAll('\ufeff', '')
}

function trimmed(text: string): string {
  return text.replace(/\n+$/, '')
}

function bare(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd())
  return lines.filter((line) => line !== '').join('\n')
}
