/** One character on a terminal's screen. */
export interface Cell {
  /** The column it begins in. */
  readonly x: number
  readonly char: string
  readonly isDim: boolean
  readonly isInverse: boolean
  /** `default`, `palette:8` or `rgb:6c7086`. */
  readonly colour: string
}

/** What a terminal shows, as its program has drawn it. */
export interface Screen {
  /** From the top; blanks are cells, too, and a wide character is one cell. */
  readonly rows: readonly (readonly Cell[])[]
  readonly cursor: { readonly x: number; readonly y: number }
  /** Whether the program has asked for bracketed paste; undefined where that cannot be known. */
  readonly bracketedPaste: boolean | undefined
}

const NO_BREAK_SPACE = '\u00a0'

/** The text of some cells, no-break spaces as spaces. */
export function textOf(cells: readonly Cell[]): string {
  return cells
    .map(({ char }) => char)
    .join('')
    .replaceAll(NO_BREAK_SPACE, ' ')
}

/** The row of the cursor, what stands left of the cursor and what under and right of it. */
export function aroundCursor({ rows, cursor }: Screen): { left: readonly Cell[]; right: readonly Cell[] } {
  const row = rows[cursor.y] ?? []
  return { left: row.filter(({ x }) => x < cursor.x), right: row.filter(({ x }) => x >= cursor.x) }
}

/** Borders and rules that programs draw around their inputs. */
export function isLine(char: string): boolean {
  return /^[\u2500-\u257f\u2580-\u259f]$/u.test(char)
}

export function isBlank({ char }: Cell): boolean {
  return char.trim() === ''
}
