import { drawnScreen } from '../../src/main/looking/drawn-screen'
import type { Screen } from '../../src/main/looking/screen'
import { terminalModel } from '../../src/main/looking/terminal-model'

export const ESC = '\u001b'
export const dim = (text: string) => `${ESC}[2m${text}${ESC}[22m`
export const grey = (text: string) => `${ESC}[38;2;108;112;134m${text}${ESC}[39m`
export const blue = (text: string) => `${ESC}[38;5;153m${text}${ESC}[39m`
export const inverse = (text: string) => `${ESC}[7m${text}${ESC}[27m`

/** What a terminal shows once a program has drawn these lines and put the cursor where the mark `▮` stands. */
export async function screenOf(
  lines: readonly string[],
  { columns = 60, rows = 20, bracketedPaste = true } = {},
): Promise<Screen> {
  const terminal = terminalModel(columns, rows)
  const drawn = lines.join('\r\n').replace('▮', `${ESC}7`)
  return new Promise((resolve) => {
    terminal.write(`${bracketedPaste ? `${ESC}[?2004h` : ''}${drawn}${ESC}8`, () => {
      resolve(drawnScreen(terminal))
      terminal.dispose()
    })
  })
}

const rule = '─'.repeat(60)

/** The prompts of three agents as they were recorded, with what stands in them. */
export const prompts = {
  claude: {
    empty: [rule, `❯\u00a0▮${dim('Try "fix the tests"')}`, rule, dim('  ? for shortcuts')],
    holding: (...lines: string[]) => [rule, ...indented('❯\u00a0', lines), rule, dim('  ? for shortcuts')],
    question: [
      ' Do you want to proceed?',
      ` ❯▮${blue(' 1. Yes')}`,
      '   2. No, and tell Claude what to do differently (esc)',
    ],
  },
  codex: {
    empty: ['', `› ▮${dim('Summarize recent commits')}`, '', dim('  gpt-5 · ~/project')],
    holding: (...lines: string[]) => ['', ...indented('› ', lines), '', dim('  gpt-5 · ~/project')],
    question: [
      '  Would you like to run the following command?',
      '',
      '› 1. Yes, proceed (y)',
      '  2. No (esc)▮',
    ],
  },
  gemini: {
    empty: [
      `╭${'─'.repeat(58)}╮`,
      `│ > ▮${inverse(' ')}${grey(' Type your message or @path/to/file')}${' '.repeat(18)}│`,
      `╰${'─'.repeat(58)}╯`,
      dim(' no sandbox'),
    ],
    holding: (...lines: string[]) => [
      `╭${'─'.repeat(58)}╮`,
      ...indented('│ > ', lines, '│   '),
      `╰${'─'.repeat(58)}╯`,
    ],
    question: ['Apply this change?', '● 1. Yes, allow once', '  2. Yes, allow always', '  3. No (esc)', '▮'],
  },
} as const

/** The lines of a draft, the cursor at its end. */
function indented(mark: string, lines: readonly string[], below = ' '.repeat(mark.length)): string[] {
  return lines.map((line, index) => {
    const cursor = index === lines.length - 1 ? '▮' : ''
    return `${index === 0 ? mark : below}${line}${cursor}`
  })
}
