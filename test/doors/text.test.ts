import { expect, test } from 'vitest'
import { messageText } from '../../src/contract/text'

test.each([
  ['words, newlines and tabs', true, 'two\nlines\tand a tab'],
  ['any script', true, 'héllo 🐝 漢字 שלום'],
  ['an escape sequence', false, '\u001B]0;title\u0007'],
  ['the end of a bracketed paste', false, '\u001B[201~rm -r .'],
  ['a carriage return', false, 'run\rthis'],
  ['NUL', false, 'a\u0000b'],
  ['a C1 control character', false, '\u009B201~'],
  ['DEL', false, 'a\u007Fb'],
  ['half a surrogate pair', false, 'a\uD83D'],
  ['nothing', false, ''],
])('%s in a message is taken: %s', (_what, isTaken, text) => {
  expect(messageText.safeParse(text).success).toBe(isTaken)
})

const why = (text: string) => messageText.safeParse(text).error?.issues[0]?.message

test('what is wrong with a text is said with its place', () => {
  expect(why('a\u001Bb')).toContain('a control character (U+001B at 1)')
  expect(why('a\uD83D')).toContain('half of a character without its other half (U+D83D at 1)')
})
