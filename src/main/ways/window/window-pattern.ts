import { titlePattern } from '../../../contract/title-pattern'
import type { DesktopWindow } from '../../desktop/desktop'

export interface PatternFit {
  readonly pattern: string
  /** How many of the windows it fits; 1 is what an agent needs. */
  readonly matches: number
}

/** Programs whose titles read "open file - folder - program": the file changes, folder and program stay. */
const EDITOR =
  /^(?:.+ [-—] )?(?<folder>.+?) (?<dash>[-—]) (?<program>(?:Visual Studio Code|Code - OSS|VSCodium|Cursor|Windsurf|Zed|Trae)(?: - Insiders)?)$/u

/** What programs put before a title and take away again: a counter, a mark for unsaved text, a turning wheel. */
const COUNTER = /^\(\d+\+?\) /u
const MARK = /^[●•*✳✻✶✢⠀-⣿◐◓◑◒] ?/u

/**
 * A pattern for the window's title, anchored at both ends, that goes on to fit when the open file, a counter or a mark
 * changes. Where that would fit other windows, too, the title as it stands; `matches` tells when even that is not unique.
 */
export function patternFor(window: DesktopWindow, windows: readonly DesktopWindow[]): PatternFit {
  const fits = [general(window.title), `^${escaped(window.title)}$`].map((pattern) => fit(pattern, windows))
  const [loose, exact] = fits
  if (!loose || !exact) throw new Error('two patterns were made and one is missing')
  return loose.matches <= 1 || loose.matches <= exact.matches ? loose : exact
}

/** How many of the windows have a title that the pattern fits. */
export function fit(pattern: string, windows: readonly DesktopWindow[]): PatternFit {
  const expression = titlePattern(pattern)
  return { pattern, matches: windows.filter(({ title }) => expression.test(title)).length }
}

function general(title: string): string {
  const withoutCounter = title.replace(COUNTER, '')
  const bare = withoutCounter.replace(MARK, '')
  const counter = withoutCounter === title ? '' : String.raw`(?:\(\d+\+?\) )?`
  const mark = bare === withoutCounter ? '' : String.raw`(?:[^\p{L}\p{N}] ?)?`
  return `^${counter}${mark}${core(bare)}$`
}

function core(title: string): string {
  const { folder, dash, program } = EDITOR.exec(title)?.groups ?? {}
  if (folder === undefined || dash === undefined || program === undefined) return escaped(title)
  return `(?:.+ ${dash} )?${escaped(folder)} ${dash} ${escaped(program)}`
}

/** The text as a pattern that fits it alone. `/` and `-` mean nothing here; escaping them the `u` flag would refuse. */
function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`)
}
