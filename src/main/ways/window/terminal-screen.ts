import type { TerminalText } from '../../looking/look'
import { isLine, type Cell, type Screen } from '../../looking/screen'

/** A rule that a program draws above and below its prompt. */
const SHORTEST_RULE = 10

/**
 * What stands right of the cursor in a prompt between two rules, the program's words of advice or a draft; or, without
 * rules, where the program says below that nothing is written there.
 */
export function hintIn({ rows, cursor }: TerminalText): string | undefined {
  if (!cursor) return undefined
  const [above, below] = [rows[cursor.y - 1], rows[cursor.y + 1]]
  const isFramed = isRule(above) && isRule(below)
  if (!isFramed && !(isBlank(above) && isBlank(below) && saysEmpty(rows, cursor.y))) return undefined
  const right = rightOf(rows, cursor)
  return right === '' ? undefined : right
}

/**
 * The screen as far as a terminal's window tells it: neither colours nor whether pastes are bracketed. `hint` is what stood
 * in the prompt when it was learnt; any other text there counts as written.
 */
export function screenOfText(text: TerminalText, hint: string | undefined, isRaw: boolean): Screen {
  const { rows, cursor } = text
  const isHint = hint !== undefined && hintIn(text) === hint
  const cellsOf = (row: string, y: number): Cell[] =>
    Array.from(row).map((char, x) => ({
      x,
      char,
      isDim: isHint && cursor !== undefined && y === cursor.y && x >= cursor.x,
      isInverse: false,
      colour: 'default',
    }))
  return {
    rows: rows.map(cellsOf),
    cursor: cursor ?? { x: -1, y: -1 },
    // What reads line by line shows no prompt of its own.
    bracketedPaste: isRaw ? undefined : false,
  }
}

/**
 * What Konsole tells, with the cursor where it is: it counts that in the cells of a screen whose rows are all full, and
 * leaves out the blanks at their ends.
 */
export function textByCells(text: TerminalText, columns: number): TerminalText {
  const { caret } = text
  const rows = text.rows.map((row) => row + ' '.repeat(Math.max(0, columns - cellsIn(Array.from(row)))))
  if (caret === undefined) return { ...text, rows }
  const y = Math.floor(caret / columns)
  const row = Array.from(rows[y] ?? '')
  const x = row.findIndex((_, at) => cellsIn(row.slice(0, at)) >= caret % columns)
  return { ...text, rows, cursor: { x, y } }
}

/** East Asian characters and emoji take two. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u

function cellsIn(chars: readonly string[]): number {
  return chars.reduce((sum, char) => sum + (WIDE.test(char) ? 2 : 1), 0)
}

/** Codex shows these words in the second or third row below its prompt for as long as nothing is written there. */
function saysEmpty(rows: readonly string[], y: number): boolean {
  return rows.slice(y + 2, y + 4).some((row) => /(?:^|· )\? for shortcuts(?: |$)/.test(row.trim()))
}

function isBlank(row: string | undefined): boolean {
  return (row ?? '').trim() === ''
}

function rightOf(rows: readonly string[], { x, y }: NonNullable<TerminalText['cursor']>): string {
  return Array.from(rows[y] ?? '')
    .slice(x)
    .join('')
    .trimEnd()
}

export function isRule(row: string | undefined): boolean {
  const drawn = Array.from((row ?? '').trim())
  return drawn.length >= SHORTEST_RULE && drawn.every(isLine)
}
