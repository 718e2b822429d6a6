import { describe, expect, onTestFinished, test } from 'vitest'
import type { WidgetKind } from '../harness/inputs'
import { widgetKinds } from '../harness/inputs/widget-kinds'
import { matrixDesk, type LookedAtBy } from '../real-inputs/matrix-desk'

// Every kind of text in every editor. What its own document held when its own Enter handler ran is the truth.

const line = 'The quick brown fox jumps over the lazy dog until noon.'
const lines = (count: number): string =>
  Array.from({ length: count }, (_, index) => `${index} ${line}`).join('\n')

const texts = {
  'several lines': 'First line\nsecond line\nthird line',
  'blank lines': 'Para one\n\nPara two\n\n\nPara three',
  tabs: 'tab\there\n\tand one at a start',
  'hard spaces': 'a\u00A0hard space, a thin\u202Fone and a zero\u200Bwidth one',
  'emoji and other scripts': '🐝 👩‍👩‍👧 שלום עולם 漢字',
  markdown: '# heading\n- item\n1. one\n**bold** and `code`\n> quoted',
  html: '<b>html</b> &amp; "quotes" <script>x</script>',
  'newlines at both ends': '\n\nblank before and after\n\n',
  'spaces at both ends': '  two before, two  within, two after  ',
  'spaces at the ends of lines': 'spaces at  \nthe ends \nof lines',
  '5 KB': lines(85),
  '60 KB': lines(1020),
}
type TextName = keyof typeof texts

/** What becomes of a text that the editor itself changes. */
type Change =
  /** Only blank lines, or white space at the ends of lines, are others: it is sent so, and the message says it. */
  | { readonly noted: string }
  /** Anything else: nothing is sent or left, and the message says what it became. */
  | { readonly refused: string }

/** ProseMirror's own paste makes paragraphs of what stands between line breaks, however many there are. */
const withoutBlankLines: Partial<Record<TextName, Change>> = {
  'blank lines': { noted: 'Para one\nPara two\nPara three' },
  'newlines at both ends': { noted: '\nblank before and after\n' },
}
/** Where the editor is not named, its document is the text, character for character. */
const changes: Partial<Record<WidgetKind, Partial<Record<TextName, Change>>>> = {
  prosemirror: withoutBlankLines,
  // Its rules for pasted marks make bold of `**bold**`.
  tiptap: { ...withoutBlankLines, markdown: { refused: 'bold and code' } },
}

const all = Object.keys(texts) as TextName[]
/** What a copy spells in ways of its own, and long ones. */
const copied: readonly TextName[] = ['several lines', 'blank lines', 'tabs', 'markdown', '5 KB']

describe('by the tree', () => everyText('tree', all))
describe('by copying', () => everyText('copy', copied))

function everyText(by: LookedAtBy, names: readonly TextName[]): void {
  const desk = matrixDesk(widgetKinds, by)
  const cases = widgetKinds.flatMap((widget) => names.map((name) => [widget, name] as const))
  test.each(cases)(
    '%s gets %s as its own document takes them, and what it changes is said',
    async (widget, name) => {
      const cell = await desk.meet(widget)
      onTestFinished(async () => cell.end())
      const message = await cell.settled(await cell.send(texts[name]), [], 40_000)
      const change = changes[widget]?.[name]
      if (change === undefined) {
        expect(message).toMatchObject({ state: 'delivered', proof: 'read-back' })
        expect(message.note).toBeUndefined()
        expect(cell.arrived()).toEqual([texts[name]])
      } else if ('noted' in change) {
        expect(message.state).toBe('delivered')
        expect(message.note).toContain('left out blank lines')
        expect(cell.arrived()).toEqual([change.noted])
      } else {
        expect(message).toMatchObject({ state: 'failed', failure: { code: 'not-accepted' } })
        expect(message.failure?.message).toContain(change.refused)
        expect(message.failure?.left).toBeUndefined()
        expect(cell.arrived()).toEqual([])
      }
      expect((await desk.inputs.peek(widget)).text).toBe('')
    },
  )
}
