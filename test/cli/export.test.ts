import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exporter } from '../../src/contract/export'
import { aMessage } from '../renderer/messages'

const csv = exporter('csv')

/** The cells of CSV as RFC 4180 has it, read back without regard to how they were written. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]]
  const token = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [, cell = '', end] = found
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

function textCell(text: string): string | undefined {
  const [names = [], cells = []] = parse(csv.head + csv.record(aMessage({ text })))
  return cells[names.indexOf('text')]
}

test('every record has a cell for each column, ends with CRLF, and empty cells where there is nothing', () => {
  const [names = [], cells = []] = parse(csv.head + csv.record(aMessage()))
  expect(names.slice(0, 5)).toEqual(['id', 'createdAt', 'from', 'to', 'text'])
  expect(cells).toHaveLength(names.length)
  expect(cells[names.indexOf('finishedAt')]).toBe('')
  expect(csv.head.endsWith('\r\n')).toBe(true)
})

test.each(['plain', 'a "quoted" word', 'a, b', 'two\nlines', '"', ',,\n', ' spaces ', '🐝 ñ'])(
  'a text comes back as it was: %j',
  (text) => expect(textCell(text)).toBe(text),
)

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1+1',
  '\n=HYPERLINK("x")',
  ' =1',
  '＝1+1',
  '＠SUM(A1)',
  '\u200b=1',
])('what a spreadsheet would run as a formula becomes text: %j', (text) => {
  expect(textCell(text)).toMatch(/^\s*'/)
  expect(textCell(text)?.replace("'", '')).toBe(text)
})

test('a sender’s name is made harmless, too; times and numbers are left alone', () => {
  const record = csv.record(aMessage({ from: '=cmd()', attempts: 2 }))
  expect(record).toContain(",'=cmd(),")
  expect(record).toContain(',2026-01-01T00:00:01.000Z,')
})

test('a JSON line is the message itself', () => {
  const message = aMessage({ text: '=1\n"two"' })
  expect(JSON.parse(exporter('jsonl').record(message))).toEqual(message)
})

type Inside = 'start' | 'plain' | 'quotes' | 'quote in quotes'

/** The cells of all rows as a spreadsheet reads them that parts by this: quotes count only where a cell begins. */
function partedBy(separator: string, text: string): string[] {
  const cells = ['']
  let inside = 'start' as Inside
  for (const sign of text) {
    const isQuote = sign === '"'
    if (inside === 'quotes' && isQuote) inside = 'quote in quotes'
    else if (inside === 'start' && isQuote) inside = 'quotes'
    else if (inside !== 'quotes' && (sign === separator || sign === '\n' || sign === '\r')) {
      cells.push('')
      inside = 'start'
    } else {
      cells.push(`${cells.pop() ?? ''}${sign}`)
      if (inside !== 'quotes') inside = isQuote && inside === 'quote in quotes' ? 'quotes' : 'plain'
    }
  }
  return cells
}

test.each([',', ';', '\t'])(
  'no text makes a cell of its own that is a formula where %j parts cells',
  (separator) => {
    const pieces = ['=1+1', '+1', '-1', '@A1', '＝1', ';', '\t', ',', '\n', '"', ' ', '\u200b', "'", 'a']
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, text, (text, from) => {
        const cells = partedBy(separator, csv.record(aMessage({ text, from })))
        expect(cells.filter((cell) => /^[\s\p{Cf}"]*[=+\-@＝＋－＠]/u.test(cell))).toEqual([])
      }),
      { numRuns: 2000 },
    )
  },
)
