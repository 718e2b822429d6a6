import { expect, test } from 'vitest'
import { fromHash, isFiltered, noFilter, toHash } from '../../src/renderer/state/place'
import { listParams } from '../../src/renderer/history/list-params'

const NOW = Date.UTC(2026, 0, 10)
const filter = { text: 'a&b = #c', to: 'Agent 1', from: 'ci?', state: 'failed', period: 'week' } as const

test('a place is the same after it was written into the address and read back', () => {
  for (const place of [
    { view: 'history', filter },
    { view: 'queue', filter: noFilter },
  ]) {
    expect(fromHash(toHash(place))).toEqual(place)
  }
  expect(toHash({ view: 'queue', filter: noFilter })).toBe('#queue')
})

test('an address that means nothing is the beginning', () => {
  expect(fromHash('')).toEqual({ view: '', filter: noFilter })
  expect(fromHash('#history?period=century').filter).toEqual(noFilter)
})

test('a filter is one as soon as anything is narrowed', () => {
  expect(isFiltered(noFilter)).toBe(false)
  expect(isFiltered({ ...noFilter, period: 'day' })).toBe(true)
  expect(isFiltered({ ...noFilter, text: 'x' })).toBe(true)
})

test('the history asks for settled messages only, and for all that the filter says', () => {
  expect(listParams(noFilter, NOW)).toEqual({
    states: ['delivered', 'failed', 'in-doubt', 'cancelled', 'expired'],
  })
  expect(listParams(filter, NOW)).toEqual({
    states: ['failed'],
    text: filter.text,
    to: 'Agent 1',
    from: 'ci?',
    since: '2026-01-03T00:00:00.000Z',
  })
  expect(listParams({ ...noFilter, state: 'queued' }, NOW).states).toHaveLength(5)
})
