import { expect, test } from 'vitest'
import { isEmpty, learnMark } from '../../../src/main/looking/prompt'
import { isReadByMarking, markedKeys, textMarked } from '../../../src/main/ways/window/marked-text'
import { screenOfText } from '../../../src/main/ways/window/terminal-screen'

// What a terminal shows, as marking it tells: no cursor, no colours, no blanks at the ends of rows.

const rule = '─'.repeat(60)
const screen = (...rows: readonly string[]) => screenOfText(textMarked(rows.join('\n')), undefined, true)
const framed = (...rows: readonly string[]) => screen('said before', rule, ...rows, rule, '  ? for shortcuts')
const claude = learnMark(framed('❯'))

test('a terminal is read by marking on X11 only, and only where that was tried', () => {
  const apps = ['XTerm', 'st-256color', 'Alacritty', 'kitty', 'URxvt', 'Xfce4-terminal']
  const marked = (platform: string) => apps.filter((app) => isReadByMarking(app, platform))
  expect(marked('linux')).toEqual(apps.slice(0, 4))
  expect([marked('win32'), marked('darwin')]).toEqual([[], []])
})

test.each([
  ['Claude Code’s', framed('❯\u00a0'), '❯ '],
  ['one whose blanks at the end are left out', framed('❯'), '❯ '],
  ['one that is set in', framed(' >'), ' > '],
])('an empty prompt between two rules is known by its mark: %s', (_what, seen, mark) => {
  expect(learnMark(seen)?.text).toBe(mark)
})

test.each([
  ['words in it, which may be a draft', framed('❯ Try "fix the tests"')],
  ['no rules', screen('said before', '›', '', '  ? for shortcuts')],
  [
    'a list to choose from below it',
    framed('❯').rows.length > 0 ? screen(rule, '❯', rule, 'a', 'b', 'c', 'd') : framed(),
  ],
  ['a question above it', screen('Do it?', '❯ 1. Yes', '  2. No', rule, '❯', rule)],
  ['one rule alone', screen('❯', rule)],
  ['nothing at all', screen('')],
])('nothing is learnt from what may be no empty prompt: %s', (_what, seen) => {
  expect(learnMark(seen)).toBeUndefined()
})

test('a draft of one letter, of one line or of several is no empty prompt', () => {
  if (!claude) throw new Error('no mark')
  expect(isEmpty(framed('❯'), claude)).toBe(true)
  for (const rows of [['❯ x'], ['❯ a draft'], ['❯ two', '  lines'], ['❯', '  behind a gap']])
    expect(isEmpty(framed(...rows), claude)).toBe(false)
})

test('only terminals that were tried are marked, each pasted into by its own key', () => {
  expect(markedKeys('XTerm')).toEqual({ paste: ['LeftShift', 'Insert'], by: 'primary' })
  const paste = ['LeftControl', 'LeftShift', 'V']
  for (const app of ['st-256color', 'kitty']) expect(markedKeys(app)).toEqual({ paste })
  expect(markedKeys('Alacritty')).toEqual({ paste, countsClicks: true })
  for (const app of ['URxvt', 'xfce4-terminal', 'strange', 'Code']) expect(markedKeys(app)).toBeUndefined()
})
