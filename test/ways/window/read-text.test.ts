import { expect, test } from 'vitest'
import { mismatch, Unreached } from '../../../src/main/ways/window/not-submitted'
import { hasPartOf, holds, isSameText, withoutLast } from '../../../src/main/ways/window/read-text'

test('a no-break space, which a rich input gives back as a space, is the same text, stands there, and is taken out', () => {
  const wanted = 'Oui\u00a0!'
  expect(isSameText('Oui !', wanted)).toBe(true)
  expect(isSameText('Oui  !', wanted)).toBe(false)
  expect(holds('a draft Oui !', wanted)).toBe(true)
  expect(withoutLast('a\u00a0draft Oui !', wanted)).toBe('a\u00a0draft ')
  expect(hasPartOf('Oui ! and more', wanted)).toBe(true)
})

test.each([
  ['a message', true],
  ['a message\n', true],
  ['a message\r\n', true],
  ['a message\n\n', false],
  ['a message ', false],
  [' a message', false],
  ['A message', false],
  ['a message and more', false],
  ['', false],
])('read back for "a message", %j is the same text: %s', (got, isSame) => {
  expect(isSameText(got, 'a message')).toBe(isSame)
})

test.each([
  ['of a draft that says the same, what was pasted behind it is taken', 'yes, but yes', 'yes, but '],
  ['where it does not stand, all is left', 'no', 'no'],
  ['an empty line is nothing', '\nyes', ''],
])('%s', (_what, before, rest) => {
  expect(withoutLast(before, 'yes')).toBe(rest)
})

test('what was copied instead of a text that nobody took is not the input’s, unless a part of the text is in there', () => {
  expect(hasPartOf('the page', 'a message')).toBe(false)
  expect(mismatch('Agent-1', 'the page', 'a message', false)).toBeInstanceOf(Unreached)
  expect(mismatch('Agent-1', 'the page', 'a message', true)).not.toBeInstanceOf(Unreached)
  expect(mismatch('Agent-1', 'half a message', 'a message', false)).not.toBeInstanceOf(Unreached)
})
