import { expect, test } from 'vitest'
import { hasPartOf, holds, isSameText, withoutLast } from '../../src/main/delivery/read-text'

test('a no-break space, which a rich input gives back as a space, is the same text, stands there, and is taken out', () => {
  const wanted = 'Oui\u00a0!'
  expect(isSameText('Oui !', wanted)).toBe(true)
  expect(isSameText('Oui  !', wanted)).toBe(false)
  expect(holds('a draft Oui !', wanted)).toBe(true)
  expect(withoutLast('a\u00a0draft Oui !', wanted)).toBe('a\u00a0draft ')
  expect(hasPartOf('Oui ! and more', wanted)).toBe(true)
})
