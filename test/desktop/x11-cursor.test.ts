import { expect, test } from 'vitest'
import { isTextCursor } from '../../src/main/desktop/x11/cursor'

/** A pointer drawn in signs: a dot is clear, `+` the pixel it points with, all else is drawn. */
function pointer(...rows: readonly string[]) {
  const width = rows[0]?.length ?? 0
  const signs = Array.from(rows.join(''))
  const hot = signs.indexOf('+')
  return {
    width,
    height: rows.length,
    xhot: hot % width,
    yhot: Math.floor(hot / width),
    cursorImage: Uint8Array.from(signs.flatMap((sign) => [0, 0, 0, sign === '.' ? 0 : 255])),
  }
}

test.each([
  [
    'an I-beam',
    true,
    pointer('.....', '.###.', '..#..', '..#..', '..+..', '..#..', '..#..', '.###.', '.....'),
  ],
  [
    'an I-beam one pixel off',
    true,
    pointer('.###.', '..#..', '..#..', '..#..', '..#+.', '..#..', '..#..', '.###.'),
  ],
  ['an arrow', false, pointer('+....', '##...', '###..', '####.', '#####', '..##.', '...##')],
  ['a narrow arrow', false, pointer('+..', '##.', '###', '##.', '.##', '.#.', '..#')],
  ['a hand', false, pointer('.+..', '.#..', '.#..', '.##.', '####', '.###', '.##.')],
  ['a cross', false, pointer('..#..', '..#..', '##+##', '..#..', '..#..')],
  ['a ring', false, pointer('.###.', '#...#', '#.+.#', '#...#', '.###.')],
  ['a pointer that is hidden', false, { ...pointer('+'), cursorImage: new Uint8Array(4) }],
])('%s is one for text: %s', (_what, isText, image) => {
  expect(isTextCursor(image)).toBe(isText)
})
