import { expect, test } from 'vitest'
import type { TerminalText } from '../../../src/main/looking/look'
import { holds, isEmpty, learnMark } from '../../../src/main/looking/prompt'
import { wanted } from '../../../src/main/looking/same-text'
import { hintIn, screenOfText, textByCells } from '../../../src/main/ways/window/terminal-screen'

// Prompts as a terminal's window tells them: text and cursor, no colours.

const rule = '─'.repeat(60)

/** What stands in the rows, the cursor where the mark `▮` is. */
function shown(...rows: readonly string[]): TerminalText {
  const y = rows.findIndex((row) => row.includes('▮'))
  return {
    kind: 'terminal',
    rows: rows.map((row) => row.replace('▮', '')),
    cursor: { x: Array.from(rows[y] ?? '').indexOf('▮'), y },
    isFocused: true,
  }
}
const learnt = (text: TerminalText, isRaw = true) => learnMark(screenOfText(text, hintIn(text), isRaw))
const framed = (row: string) => shown(rule, row, rule, '  ? for shortcuts')
/** Codex's: no rules, and words below it that go as soon as something is written. */
const codex = (row: string, below = '  ← for agents · ? for shortcuts') =>
  shown('', row, '', '  gpt-5 · ~/project', below)

test.each([
  ['an empty one', framed('❯ ▮'), '❯ '],
  ['one with a hint, between two rules', framed('❯ ▮Try "fix the tests"'), '❯ '],
  ['one without rules that holds nothing', shown('', '› ▮'), '› '],
  [
    'one without rules whose program says that nothing is written',
    codex('› ▮Ask Codex to do anything'),
    '› ',
  ],
])('a prompt is learnt: %s', (_what, text, mark) => {
  expect(learnt(text)?.text).toBe(mark)
})

test.each([
  [
    'a text behind the cursor without rules, which a menu may have',
    shown('Pick one:', '> ▮Rebase', '  Push'),
  ],
  ['a numbered choice', framed('❯ ▮1. Yes')],
  ['a draft in Codex, its cursor at its beginning', codex('› ▮my own words', '')],
  ['a draft whose last line has the words', shown('', '› ▮my', 'own', 'words', '? for shortcuts')],
  ['a list in Codex', shown('› ▮Rebase', '  Push', '', '  ? for shortcuts')],
  ['a shell', shown('$ ▮')],
])('what may be no prompt is not learnt: %s', (_what, text) => {
  expect(learnt(text)).toBeUndefined()
})

test('a program that reads line by line shows no prompt', () => {
  expect(learnt(framed('❯ ▮'), false)).toBeUndefined()
})

test('only the hint that stood there at first is one: another text is a draft whose cursor is at its beginning', () => {
  const first = framed('❯ ▮Try "fix the tests"')
  const mark = learnMark(screenOfText(first, hintIn(first), true))
  if (!mark) throw new Error('not learnt')
  const hint = hintIn(first)
  expect(isEmpty(screenOfText(first, hint, true), mark)).toBe(true)
  const draft = framed('❯ ▮my own words')
  expect(isEmpty(screenOfText(draft, hint, true), mark)).toBe(false)
  expect(holds(screenOfText(framed('❯ hello▮'), hint, true), mark, wanted('hello'))).toBeDefined()
  expect(
    holds(screenOfText(framed('❯ hello▮my own words'), hint, true), mark, wanted('hello')),
  ).toBeUndefined()
})

test('while the program draws, nothing is seen', () => {
  const drawing = { ...framed('❯ ▮'), cursor: undefined }
  expect(learnt(drawing)).toBeUndefined()
})

test.each([
  ['an empty one', '❯', 2, '❯ ▮'],
  ['one with a text', '❯ some words', 12, '❯ some words▮'],
  ['one with wide characters', '❯ 漢字 🎉', 9, '❯ 漢字 🎉▮'],
])('Konsole’s cursor is found by the cells it counts: %s', (_what, row, x, seen) => {
  const rows = ['short', '─'.repeat(60), row, '─'.repeat(60), '']
  const text = textByCells(
    { kind: 'terminal', rows, cursor: undefined, caret: 2 * 60 + x, isFocused: true },
    60,
  )
  const { cursor } = text
  const chars = Array.from(text.rows[2] ?? '')
  expect(cursor?.y).toBe(2)
  expect([...chars.slice(0, cursor?.x), '▮', ...chars.slice(cursor?.x)].join('').trimEnd()).toBe(seen)
  const drawing = textByCells({ kind: 'terminal', rows, cursor: undefined, isFocused: true }, 60)
  expect(drawing.cursor).toBeUndefined()
})

test('in Codex a draft at whose beginning the cursor stands is none of its words, though they were the same', () => {
  const first = codex('› ▮Ask Codex to do anything')
  const mark = learnMark(screenOfText(first, hintIn(first), true))
  if (!mark) throw new Error('not learnt')
  const seen = (text: TerminalText) => screenOfText(text, hintIn(first), true)
  expect(isEmpty(seen(first), mark)).toBe(true)
  expect(isEmpty(seen(codex('› ▮Ask Codex to do anything', '')), mark)).toBe(false)
  expect(isEmpty(seen(codex('› ▮my own words', '')), mark)).toBe(false)
  expect(holds(seen(codex('› hello▮', '')), mark, wanted('hello'))).toBe('text')
  expect(holds(seen(codex('› hello▮my own words', '')), mark, wanted('hello'))).toBeUndefined()
})
