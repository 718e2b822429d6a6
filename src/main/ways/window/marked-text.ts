import type { Chord } from '../../desktop/desktop'
import type { TerminalText } from '../../looking/look'
import { isRule } from './terminal-screen'

/** How a terminal pastes that shows no tree, and whose text is read by marking it. */
export interface MarkedKeys {
  readonly paste: Chord
  /** Its key pastes what is marked. */
  readonly by?: 'primary'
  readonly countsClicks?: true
}

const BY_CLIPBOARD: MarkedKeys = { paste: ['LeftControl', 'LeftShift', 'V'] }
const BY_MARK: MarkedKeys = { paste: ['LeftShift', 'Insert'], by: 'primary' }

/** Whether the windows of that program are read by marking: kitty and alacritty are on other systems, too, marking is X11's. */
export function isReadByMarking(app: string, platform: string): boolean {
  return platform === 'linux' && markedKeys(app) !== undefined
}

/** Undefined for programs in which marking was not tried, or failed: docs/decisions/marking.md. */
export function markedKeys(app: string): MarkedKeys | undefined {
  if (/^u?xterm$/i.test(app)) return BY_MARK
  if (/^alacritty$/i.test(app)) return { ...BY_CLIPBOARD, countsClicks: true }
  return /^(st(-.*)?|kitty)$/i.test(app) ? BY_CLIPBOARD : undefined
}

/** Agents show no more than that below the lower rule of their prompt; a list to choose from is longer, and so is a dialog. */
const MOST_BELOW = 3
/** The chosen row of such a list, */
const CHOSEN = /^[\s│┃]*[❯›>●▶→]\s*\d{1,2}[.)]\s/u
/** looked for so far above the prompt. */
const ROWS_ABOVE = 15

/**
 * What was marked, with the cursor where it must stand if this is a prompt: nothing tells that. A prompt is what stands between
 * two rules at the very end, with no list to choose from in sight; its cursor, behind all that stands in it.
 */
export function textMarked(marked: string): TerminalText {
  const rows = marked.split('\n')
  return { kind: 'terminal', rows: rows.map(withSpace), cursor: cursorIn(rows), isFocused: true }
}

function cursorIn(rows: readonly string[]): TerminalText['cursor'] {
  const lower = rows.findLastIndex(isRule)
  const upper = rows.slice(0, Math.max(0, lower)).findLastIndex(isRule)
  const below = rows.slice(lower + 1).filter((row) => row.trim() !== '')
  const around = rows.slice(Math.max(0, upper - ROWS_ABOVE))
  if (upper < 0 || below.length > MOST_BELOW || around.some((row) => CHOSEN.test(row))) return undefined
  const inside = rows.slice(upper + 1, lower)
  const last = inside.findLastIndex((row) => row.trim() !== '')
  if (last < 0) return undefined
  const row = inside[last] ?? ''
  const text = Array.from(row.trimEnd())
  // A mark alone has its space behind it, which is not marked.
  const isBare = last === 0 && text.length <= 2
  return { x: text.length + (isBare ? 1 : 0), y: upper + 1 + last }
}

/** Blanks at the end of a row are not marked. */
function withSpace(row: string): string {
  return `${row} `
}
