import { resolve, win32 } from 'node:path'
import { expect, test } from 'vitest'
import { commandWords } from '../../src/cli/command-words'

test.each([
  ['codex queue --thread T --message {text}', ['codex', 'queue', '--thread', 'T', '--message', '{text}']],
  [`say --to='the one' "and another" a\\ b`, ['say', '--to=the one', 'and another', 'a b']],
  [`say 'it'\\''s' "" '$HOME | x'`, ['say', "it's", '', '$HOME | x']],
  ['say what? *.txt {a,b} ~', ['say', 'what?', '*.txt', '{a,b}', '~']],
  ['./mine {text}', [resolve('mine'), '{text}']],
  ['/opt/mine', ['/opt/mine']],
  ['', ['']],
])('%s is split as a shell would, and no more', (command, words) => {
  expect(commandWords(command)).toEqual(words)
})

test.each(['a | b', 'a > file', 'a && b', 'a; b', 'a $HOME', 'a "$HOME"', 'a # b', 'a $(b)'])(
  '%s is refused: only a shell could do it',
  (command) => {
    expect(() => commandWords(command)).toThrow(/without a shell/)
  },
)

test.each([
  ['C:\\agents\\take.exe {text}', ['C:\\agents\\take.exe', '{text}']],
  [
    `"C:\\Program Files\\take.exe" --to "C:\\a b\\" 'x y' a^ b`,
    ['C:\\Program Files\\take.exe', '--to', 'C:\\a b\\', 'x y', 'a b'],
  ],
  ['.\\mine.cmd', [win32.resolve('mine.cmd')]],
])('on Windows, where a backslash parts folders: %s', (command, words) => {
  expect(commandWords(command, 'win32')).toEqual(words)
})
