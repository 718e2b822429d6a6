import { expect, test } from 'vitest'
import { firstLine, shortened } from '../../src/main/shell/message-words'

test('the first line is the first that says something', () => {
  expect(firstLine('\n \n  Hello there \nworld')).toBe('Hello there')
  expect(firstLine(' \n')).toBe('')
})

test('a text is cut between characters, never within one', () => {
  expect(shortened('🐝🐝🐝🐝', 4)).toBe('🐝🐝🐝🐝')
  expect(shortened('🐝🐝🐝🐝🐝', 4)).toBe('🐝🐝🐝…')
  expect(shortened('x'.repeat(65_536), 3)).toBe('xx…')
})
