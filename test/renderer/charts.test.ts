import { expect, test } from 'vitest'
import { chartRange } from '../../src/renderer/history/chart-range'
import { inSentence, pointWords, tickWords } from '../../src/renderer/history/chart-words'

const at = (hours: number, minutes = 0) => new Date(2026, 2, 10, hours, minutes).getTime()
const HOUR = 3_600_000

test('the last day is 24 full hours, the present one included', () => {
  const range = chartRange('day', at(13, 20))
  expect(range).toMatchObject({ until: at(14), bucketMs: HOUR, unit: 'hour', period: 'day' })
  expect((range.until - range.since) / range.bucketMs).toBe(24)
  expect(chartRange('day', at(13)).until).toBe(at(14))
})

test('longer periods have buckets that begin with the desk’s own days', () => {
  const week = chartRange('week', at(13, 20))
  expect(week).toMatchObject({ until: at(18), bucketMs: 6 * HOUR })
  expect((week.until - week.since) / week.bucketMs).toBe(28)
  const month = chartRange('month', at(13, 20))
  expect(month.until).toBe(at(24))
  expect((month.until - month.since) / month.bucketMs).toBe(30)
})

test('of any time the last day is drawn', () => {
  expect(chartRange('all', at(13))).toEqual(chartRange('day', at(13)))
})

test('a sum is a sentence that leaves out what did not happen', () => {
  expect(inSentence({ delivered: 1234, failed: 0, inDoubt: 0 })).toBe('1,234 delivered')
  expect(inSentence({ delivered: 0, failed: 2, inDoubt: 1 })).toBe('0 delivered, 2 failed, 1 in doubt')
})

test('a bar that is pointed at says when, how many and how fast', () => {
  const start = new Date(at(14)).toISOString()
  const bucket = { start, delivered: 3, failed: 0, inDoubt: 0, cancelled: 0, expired: 0, p50: 70, p95: 1500 }
  expect(pointWords(bucket, 'hour')).toBe(
    '14:00: 3 delivered\nHalf of the deliveries took less than 70 ms, 95 % less than 1 s.',
  )
  expect(tickWords(start, 'day')).toBe('10 Mar')
  expect(tickWords(start, 'hours')).toBe('Tue 14:00')
})
