import { MARK } from './profile'

/** A contenteditable gives one newline more than it was given; Windows programs write CRLF. */
export function isSameText(got: string, wanted: string): boolean {
  const [text, same] = [plain(got.replaceAll('\r\n', '\n')), plain(wanted)]
  return text === same || text === `${same}\n`
}

/** Chromium copies a no-break space out of a rich input as a space; character by character, places stay what they are. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ')
}

/** True if the part stands somewhere in the text. */
export function holds(text: string, part: string): boolean {
  return plain(text).includes(plain(part))
}

/** What is left of a text without the last of the places where a part stands in it: all of it where it does not. */
export function withoutLast(text: string, part: string): string {
  const at = plain(text).lastIndexOf(plain(part))
  const rest = at === -1 ? text : text.slice(0, at) + text.slice(at + part.length)
  return isBlank(rest) ? '' : rest
}

/** What was read before the mark that ends it; undefined where none does. An editor copies a newline more. */
export function beforeMark(read: string): string | undefined {
  const text = read.replace(/\r?\n$/, '')
  return text.endsWith(MARK) ? text.slice(0, -MARK.length) : undefined
}

/** An empty line: what an editor copies when nothing is selected in an empty input. */
function isBlank(text: string): boolean {
  return text === '' || text === '\n' || text === '\r\n'
}

const PART = 8

/** True if any eight characters in a row of what was wanted are there: the program has changed the rest. */
export function hasPartOf(got: string, wanted: string): boolean {
  const last = Math.max(1, wanted.length - PART + 1)
  for (let from = 0; from < last; from += PART) if (holds(got, wanted.slice(from, from + PART))) return true
  return false
}
