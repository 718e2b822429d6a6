import { expect, test } from 'vitest'
import { readContent } from '../../src/main/looking/tree/content'
import type { Ref } from '../../src/main/looking/tree/talk'

// Objects as Chromium shows them: what letters an object has itself, and U+FFFC for each that it embeds.

interface Shown {
  readonly text: string
  readonly kids?: readonly Shown[]
  readonly locked?: boolean
  readonly tag?: string
  readonly display?: string
  readonly style?: Readonly<Record<string, string>>
}

async function read(root: Shown): ReturnType<typeof readContent> {
  const all: Shown[] = []
  const refTo = (one: Shown): Ref => ['program', String(all.push(one) - 1)]
  const at = ([, path]: Ref): Shown => all[Number(path)] ?? root
  return readContent(
    {
      text: async (of) => at(of).text,
      children: async (of) => (at(of).kids ?? []).map(refTo),
      states: async (of) => (state) => state === 'editable' && at(of).locked !== true,
      attributes: async (of) => {
        const { tag, display } = at(of)
        return { ...(tag && { tag }), ...(display && { display }) }
      },
      role: async () => 'static',
      run: async (of) => ({ style: at(of).style ?? {}, end: at(of).text.length }),
    },
    refTo(root),
  )
}

const letters = (text: string, more: Partial<Shown> = {}): Shown => ({ text, ...more })
const paragraph = (text: string, kids: readonly Shown[]): Shown => ({
  text,
  kids,
  tag: 'p',
  display: 'block',
})
const plain = (text: string): Shown => paragraph(text, [letters(text)])

test('paragraphs are lines, and a break that keeps an empty one open is none', async () => {
  const root = letters('\uFFFC\uFFFC\uFFFC', { kids: [plain('a'), plain('\n'), plain('b\n\n')] })
  expect(await read(root)).toMatchObject({ text: 'a\n\nb\n', rest: '', isRich: false, canEdit: true })
})

test('a chip among letters, which only its own state tells, is none of the text and makes it rich', async () => {
  const chip = letters('@file.ts', { locked: true })
  const root = letters('\uFFFC', {
    kids: [paragraph('see @file.ts now', [letters('see '), chip, letters(' now')])],
  })
  expect(await read(root)).toMatchObject({ text: 'see  now', rest: '@file.ts', isRich: true })
})

test('advice by style sheet is neither text nor rich', async () => {
  const advice = { text: 'Ask me', locked: true, tag: '::before', display: 'block', style: { weight: '700' } }
  const root = letters('\uFFFC', { kids: [paragraph('\uFFFC\n', [advice, letters('\n')])] })
  expect(await read(root)).toMatchObject({ text: '', rest: 'Ask me', isRich: false, canEdit: true })
})

test('letters that look otherwise make a draft rich, also where no tag tells', async () => {
  const bold = letters('bold', { style: { weight: '700' } })
  const root = letters('\uFFFC', { kids: [paragraph('a bold', [letters('a '), bold])] })
  expect(await read(root)).toMatchObject({ text: 'a bold', isRich: true })
})

test('an editor none of whose letters can be edited is locked, whatever it says itself', async () => {
  const root = letters('\uFFFC', { kids: [paragraph('draft', [letters('draft', { locked: true })])] })
  expect(await read(root)).toMatchObject({ text: '', canEdit: false })
})
