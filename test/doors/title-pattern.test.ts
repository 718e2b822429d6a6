import { array, assert, constantFrom, property, string, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
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

describe('a pattern that could run away', () => {
  const evil = `${'a'.repeat(50_000)}!`

  test.each([
    '(a+)+$',
    '(a|a)*$',
    '(a*)*b',
    '^(?:a+){2,}$',
    '(?:a?){30}a{30}$',
    'a*a*a*a*a*b',
    '.*.*.*.*=$',
    '(a|aa)*$',
    '^(?:a|ab|b|aa)*c',
    '(?:a{1,30}){1,30}b',
    '(x+x+)+y|(a+a+)+b',
  ])('%s takes no time on a title of a page’s choosing, and still fits what it fits', (pattern) => {
    const before = process.cpuUsage()
    for (let round = 0; round < 10; round++) fits(pattern, evil)
    expect(process.cpuUsage(before).user).toBeLessThan(5_000_000)
    expect(fits('(a+)+$', 'baaa')).toBe(true)
  })

  test('is refused with the reason where it looks ahead or refers back, too', () => {
    expect(() => titlePattern('^(?!x)(a+)+$')).toThrow(/could take for ever/)
    expect(() => titlePattern(String.raw`(a+)\1+$`)).toThrow(/could take for ever/)
    expect(() => titlePattern('(?:(?:a{1,30}){1,30}){1,30}b')).toThrow(/could take for ever/)
    expect(fits('^(?!.*Settings).*Cursor$', 'Waggle - Cursor'), 'one that cannot run away is not').toBe(true)
    expect(fits('^(?!.*Settings).*Cursor$', 'Settings - Cursor')).toBe(false)
  })

  test('means the same as in JavaScript', () => {
    const piece = constantFrom(
      'a',
      'b',
      '.',
      String.raw`\s`,
      String.raw`\S`,
      String.raw`\d`,
      String.raw`\p{L}`,
      String.raw`\p{Script=Greek}`,
      String.raw`\u{1F41D}`,
      String.raw`[^a\s[]`,
      '[a-]',
      '[^]',
      '[]',
      String.raw`\b`,
      '^',
      '$',
      '(?:a|b)',
      String.raw`\/`,
      '🐝',
      'α',
    )
    // A repetition of a repetition is never left to JavaScript by Waggle; here, on a few characters, it may try.
    const pattern = tuple(array(piece, { minLength: 1, maxLength: 5 }), constantFrom('+', '*', '?', '{2}'))
      .map(([pieces, times]) => `(?:${pieces.join('')})${times}.*.*.*.*.*`)
      .filter((one) => isValid(one))
    const title = string({
      unit: constantFrom('a', 'b', ' ', '\u2028', '\u00A0', '7', '[', '/', '-', 'α', '🐝', '\n'),
      maxLength: 8,
    })
    assert(
      property(pattern, title, constantFrom('', '$'), (one, text, end) => {
        expect(fits(`(?:${one}${end})+(?:a*)*`, text)).toBe(new RegExp(`(?:${one}${end})+`, 'u').test(text))
      }),
      { numRuns: 400 },
    )
  })
})

function isValid(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').source !== ''
  } catch {
    return false
  }
}
