import { describe, expect, test } from 'vitest'
import { fit, patternFor } from '../../../src/main/ways/window/window-pattern'
import type { DesktopWindow } from '../../../src/main/desktop/desktop'

const window = (title: string): DesktopWindow => ({
  id: title,
  title,
  app: 'app',
  rect: { x: 0, y: 0, width: 100, height: 100 },
  minimized: false,
})

function patternOf(title: string, ...others: string[]) {
  const mine = window(title)
  return patternFor(mine, [mine, ...others.map(window)])
}

const fitsTitle = (pattern: string, title: string) => fit(pattern, [window(title)]).matches === 1

test('a plain title is taken as it stands, whatever signs are in it', () => {
  expect(patternOf('Agent-1: chat')).toEqual({ pattern: '^Agent-1: chat$', matches: 1 })
  const signs = String.raw`a.b*c+(d)[e]{f}|g^h$i\j?k/l-m`
  const { pattern } = patternOf(signs)
  expect(fitsTitle(pattern, signs)).toBe(true)
  expect(fitsTitle(pattern, signs.replace('.', 'x'))).toBe(false)
})

test('another window whose title only begins or ends alike is never matched', () => {
  const { pattern } = patternOf('Agent-1: chat')
  expect(fitsTitle(pattern, 'Agent-1: chat 2')).toBe(false)
  expect(fitsTitle(pattern, 'The Agent-1: chat')).toBe(false)
})

describe('what changes in a title does not lose the window', () => {
  test.each([
    [
      'parse.ts - parser - Cursor',
      ['● lex.ts - parser - Cursor', 'parser - Cursor'],
      'lex.ts - other - Cursor',
    ],
    ['parser - Visual Studio Code', ['a b.md - parser - Visual Studio Code'], 'parsers - Visual Studio Code'],
    ['(3) Claude', ['Claude', '(12) Claude'], 'Claude 2'],
    ['✳ review', ['⠂ review', 'review'], 'preview'],
  ])('%s', (title, same, other) => {
    const { pattern } = patternOf(title)
    for (const one of [title, ...same])
      expect({ one, fits: fitsTitle(pattern, one) }).toEqual({ one, fits: true })
    expect(fitsTitle(pattern, other)).toBe(false)
  })
})

test('where the freer pattern would fit a second window, the exact title is taken', () => {
  const { pattern, matches } = patternOf('a.ts - parser - Cursor', 'b.ts - parser - Cursor')
  expect({ matches, exact: fitsTitle(pattern, 'b.ts - parser - Cursor') }).toEqual({
    matches: 1,
    exact: false,
  })
})

test('twins are told by their number', () => {
  expect(patternOf('chat', 'chat')).toEqual({ pattern: '^chat$', matches: 2 })
})
