import { expect, test } from 'vitest'
import { lookOfCopy } from '../../src/main/looking/copy-look'

const html = '<p>one</p><p>two</p>'

function textOf(text: string, marked: string | undefined, as = html) {
  return lookOfCopy({ text, marked }, as)
}

test('a line break that a rich input adds to its copy is no part of its text; one that stands there is', () => {
  expect(textOf('one\ntwo\n', 'one\n\ntwo')).toMatchObject({ text: 'one\ntwo' })
  expect(textOf('one\ntwo\n', 'one\n\ntwo\ufeff')).toMatchObject({ text: 'one\ntwo' })
  expect(textOf('one\ntwo\n', 'one\n\ntwo\n\n\ufeff')).toMatchObject({ text: 'one\ntwo\n' })
  expect(textOf('one\ntwo\n', 'one\ntwo\n', '')).toMatchObject({ text: 'one\ntwo\n' })
  expect(textOf('one\ntwo\n', undefined)).toMatchObject({ text: 'one\ntwo\n' })
})

test('nothing copied is an empty input only where no text is shown as selected, and sure where a selection is shown', () => {
  const empty = { kind: 'text', text: '', blank: { means: 'copy', copied: 'nothing' } }
  for (const marked of ['', undefined])
    expect(lookOfCopy({ text: undefined, marked }, '')).toMatchObject({ ...empty, sure: 'weak' })
  for (const marked of ['\ufeff', '\n'])
    expect(lookOfCopy({ text: undefined, marked }, '')).toMatchObject({ ...empty, sure: 'exact' })
  expect(lookOfCopy({ text: undefined, marked: 'a' }, '')).toMatchObject({ kind: 'unreadable' })
})
