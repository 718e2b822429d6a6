import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { titlePattern } from '../../src/contract/title-pattern'

const fits = (pattern: string, title: string) => titlePattern(pattern).test(title)

test('an escape that need not be means its character, within brackets, too', () => {
  expect(fits(String.raw`^foo\-bar\ \&\_baz$`, 'foo-bar &_baz')).toBe(true)
  expect(fits(String.raw`^[a\-z]$`, '-')).toBe(true)
  expect(fits(String.raw`^[a\-z]$`, 'k'), 'it is no range').toBe(false)
  expect(fits(String.raw`^\\-\.$`, String.raw`\-.`), 'an escaped backslash escapes nothing').toBe(true)
})

test('an escape that means something goes on to', () => {
  expect(fits(String.raw`^\d\p{L}\u{41}\/\bx$`, '7éA/x')).toBe(true)
  expect(() => titlePattern(String.raw`\q`)).toThrow(SyntaxError)
  expect(() => titlePattern('(')).toThrow(SyntaxError)
})

test('every character may be escaped, as Python does it, and then means itself', () => {
  assert(
    property(string({ unit: 'binary' }), (title) => {
      const escaped = title.replaceAll(/[^\p{L}\p{N}_]/gsu, String.raw`\$&`)
      expect(fits(`^${escaped}$`, title)).toBe(true)
    }),
  )
})
