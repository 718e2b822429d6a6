import { bare, hasEmoji, likeness, type Likeness, type Wanted } from './same-text'
import { aroundCursor, isBlank, isLine, textOf, type Cell, type Screen } from './screen'

/** How a program's empty prompt looks, learnt from its first one. */
export interface Mark {
  /** What stands left of the cursor: "❯ ", "› ", " > ". */
  readonly text: string
  /** The colour of the hint right of the cursor, where it is grey and not dim. */
  readonly hint: string | undefined
  /** True when nothing of the program's own stands in the row below: then text there is a draft's second line. */
  readonly isClearBelow: boolean
  /** True where the agent says below it that it only makes plans: the same mark, and what is written there is taken otherwise. */
  readonly isForPlans: boolean
}

const LONGEST_MARK = 6
/** Prompts of shells, interpreters and pagers, and the shell mode of agents: nothing is ever typed behind these. */
const NOT_FOR_MESSAGES = /^(?:[$#%!:?&]|>>>|\.\.\.|[=-][>#]|\(END\))$/

/**
 * The mark of the prompt that stands empty on this screen; undefined when none is seen beyond doubt. A question is no
 * prompt: its cursor stands elsewhere, or what follows it is no hint.
 */
export function learnMark(screen: Screen): Mark | undefined {
  if (screen.bracketedPaste === false) return undefined
  const { left, right } = aroundCursor(screen)
  const text = textOf(left)
  const sign = text.replaceAll(/[\s\u2500-\u257f]/gu, '')
  if (text.length > LONGEST_MARK || !text.endsWith(' ') || sign === '') return undefined
  if (/[\p{L}\p{N}]/u.test(sign) || NOT_FOR_MESSAGES.test(sign)) return undefined
  const hint = hintIn(right)
  if (hint === false || isInMenu(screen)) return undefined
  const isClearBelow = isClear(screen.rows[screen.cursor.y + 1] ?? [], hint)
  return { text, hint, isClearBelow, isForPlans: isForPlans(screen) }
}

/** True when the learnt prompt stands there, with nothing in it but its hint. */
export function isEmpty(screen: Screen, mark: Mark): boolean {
  const { left, right } = aroundCursor(screen)
  if (textOf(left) !== mark.text || !isHint(right, mark.hint) || !isInMode(screen, mark)) return false
  return !mark.isClearBelow || isClear(screen.rows[screen.cursor.y + 1] ?? [], mark.hint)
}

/** What stands in the learnt prompt, up to the cursor and behind it; undefined when no prompt is seen. */
export function content(screen: Screen, mark: Mark): string | undefined {
  const [nearest] = contents(screen, mark)
  const { right } = aroundCursor(screen)
  if (nearest === undefined) return undefined
  return isHint(right, mark.hint) ? nearest : nearest + textOf(right)
}

/** Whether the message, and nothing else, stands between the learnt mark and the cursor. */
export function holds(screen: Screen, mark: Mark, message: Wanted): Likeness | 'tail' | undefined {
  const { right } = aroundCursor(screen)
  if (!isInMode(screen, mark)) return undefined
  const shown = contents(screen, mark)
  if (!isHint(right, mark.hint)) {
    // By its own count of an emoji's columns a program puts the cursor before the end of what the terminal shows.
    const isWhole = hasEmoji(message) && shown.some((one) => likeness(one + textOf(right), message))
    return isWhole ? 'nearly' : undefined
  }
  for (const one of shown) {
    const alike = likeness(one, message)
    if (alike) return alike
  }
  return shown.length === 0 && endsWithTail(screen, message.bare) ? 'tail' : undefined
}

/** As Claude Code and Codex say it below their prompts, */
const PLANS = /\bplan mode (?:on\b|\()/i
/** and Gemini CLI above it, in a row of its own. */
const PLANS_ABOVE = /^ plan Shift\+Tab to \w+$/

function isForPlans({ rows, cursor }: Screen): boolean {
  return rows.some((row, y) => {
    const text = textOf(row).trimEnd()
    return y > cursor.y ? PLANS.test(text) : PLANS_ABOVE.test(text)
  })
}

/** Where one mode is that was learnt, messages are for that alone. */
function isInMode(screen: Screen, mark: Mark): boolean {
  return isForPlans(screen) === mark.isForPlans
}

const TAIL = 200

/** The beginning is out of sight: a long piece of the end stands right before the cursor. */
function endsWithTail(screen: Screen, message: string): boolean {
  if (message.length <= TAIL) return false
  const above = screen.rows.slice(0, screen.cursor.y).map(textOf).join('')
  return bare(above + textOf(aroundCursor(screen).left)).endsWith(message.slice(-TAIL))
}

/** The texts from each row that begins with the mark to the cursor, the nearest first: a message may hold a mark itself. */
function contents({ rows, cursor }: Screen, mark: Mark): string[] {
  const found: string[] = []
  let below = ''
  for (let y = cursor.y; y >= 0; y -= 1) {
    const row = y === cursor.y ? (rows[y] ?? []).filter(({ x }) => x < cursor.x) : (rows[y] ?? [])
    const text = textOf(row)
    if (text.startsWith(mark.text)) found.push(text.slice(mark.text.length) + below)
    below = `\n${text}${below}`
  }
  return found
}

/** The colour of what stands right of the cursor, undefined for nothing or dim text; false when it is no hint. */
function hintIn(right: readonly Cell[]): string | undefined | false {
  const cells = rightOfCursor(right).filter(({ isDim }) => !isDim)
  const [first] = cells
  if (!first) return undefined
  return isGrey(first.colour) && cells.every(({ colour }) => colour === first.colour) ? first.colour : false
}

function isHint(right: readonly Cell[], colour: string | undefined): boolean {
  const [under] = right
  const behind = rightOfCursor(right)
  // The character under the cursor may be the hint's first one, drawn inverse; anything else there is text.
  if (under && !isBlank(under) && !isHintCell(under, colour)) {
    if (!under.isInverse || behind.length === 0) return false
  }
  return behind.every((cell) => isHintCell(cell, colour))
}

function isHintCell(cell: Cell, colour: string | undefined): boolean {
  return cell.isDim || cell.colour === colour || isLine(cell.char)
}

/** What stands behind the cursor's own place, without blanks and the border of a box. */
function rightOfCursor(right: readonly Cell[]): Cell[] {
  return right.slice(1).filter((cell) => !isBlank(cell) && !isLine(cell.char))
}

function isClear(row: readonly Cell[], hint: string | undefined): boolean {
  return row.every((cell) => isBlank(cell) || isHintCell(cell, hint))
}

/** Hints are grey where they are not dim; a menu's chosen row has a colour that stands out. */
function isGrey(colour: string): boolean {
  const [kind, value = ''] = colour.split(':')
  // In a terminal of few colours 7 is the grey one: what a person writes has the default colour.
  if (kind === 'palette')
    return value === '7' || value === '8' || (Number(value) >= 236 && Number(value) <= 250)
  if (kind !== 'rgb') return false
  const parts = [0, 2, 4].map((at) => Number.parseInt(value.slice(at, at + 2), 16))
  const [least, most] = [Math.min(...parts), Math.max(...parts)]
  return most - least <= 0x30 && most >= 0x40 && least <= 0xb0
}

const CHOICE = /^[\s│┃]*(?:[^\p{L}\p{N}\s]\s*)?\d{1,2}[.)]\s/u

/** True when the cursor's row, or one that touches it, is a numbered choice. */
function isInMenu({ rows, cursor }: Screen): boolean {
  const isChoice = (y: number) => CHOICE.test(textOf(rows[y] ?? []))
  return isChoice(cursor.y) || isChoice(cursor.y - 1) || isChoice(cursor.y + 1)
}
