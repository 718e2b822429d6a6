import { describe, expect, test } from 'vitest'
import type { Message } from '../../src/contract/message'
import { ago, columns, oneLine, outcomeLine } from '../../src/cli/format'

const NOW = Date.UTC(2026, 0, 10)
const message: Message = {
  id: '0198c1de-5b2f-7d3a-9a53-3f1f0d9c2b11',
  to: 'Agent-1',
  from: 'script',
  text: 'hello',
  priority: 'normal',
  submit: true,
  state: 'queued',
  attempts: 0,
  createdAt: new Date(NOW).toISOString(),
  proof: null,
}

test('columns line up and leave no blanks at the end of a line', () => {
  expect(
    columns([
      ['a', 'long', ''],
      ['bcd', 'x', 'end'],
    ]),
  ).toEqual(['a    long', 'bcd  x     end'])
})

test('a name that would turn what follows it round shows that it would', () => {
  expect(columns([['exe.\u202Etxt', 'x']])).toEqual(['exe.[U+202E]txt  x'])
})

test.each([
  [0, 'just now'],
  [999, 'just now'],
  [59_000, '59 s ago'],
  [60_000, '1 min ago'],
  [7_200_000, '2 h ago'],
  [86_400_000, 'yesterday'],
  [200_000_000, '2 days ago'],
  [-5000, 'just now'],
])('%i ms before now is "%s"', (ms, said) => {
  expect(ago(new Date(NOW - ms).toISOString(), NOW)).toBe(said)
})

test('a text is shown on one line of bounded length', () => {
  expect(oneLine(' two\n  lines ')).toBe('two lines')
  expect(oneLine('x'.repeat(80))).toHaveLength(50)
})

describe('the line that scripts read', () => {
  test.each<[string, Partial<Message>]>([
    ['queued ID Agent-1', {}],
    ['cancelled ID Agent-1', { state: 'cancelled' }],
    [
      'delivered ID Agent-1 84ms read-back',
      { state: 'delivered', proof: 'read-back', timings: { waitMs: 1, deliveryMs: 84.4, steps: [] } },
    ],
    ['delivered ID Agent-1', { state: 'delivered' }],
    [
      'failed ID Agent-1 window-missing: It is closed.',
      { state: 'failed', failure: { code: 'window-missing', message: 'It is closed.' } },
    ],
  ])('is "%s"', (line, change) => {
    expect(outcomeLine({ ...message, ...change })).toBe(line.replace('ID', message.id))
  })
})
