import { z } from 'zod'
import { stateSchema } from './message'
import { partyName } from './text'

const moment = z.iso.datetime({ offset: true })
const percentiles = z.object({ p50: z.number(), p95: z.number(), max: z.number() })
const stateCounts = z.record(stateSchema, z.int())

export const statsParams = z.strictObject({ since: moment.optional() })

export const statsResult = z.object({
  states: stateCounts,
  perAgent: z.record(partyName, stateCounts),
  deliveryMs: percentiles,
  waitMs: percentiles,
})

/** The most buckets that one answer may have. */
export const MAX_BUCKETS = 500

export const statsHistoryParams = z
  .strictObject({
    since: moment,
    until: moment.describe('the last bucket ends here'),
    bucketMs: z.int().min(1000).describe('the width of a bucket; the first begins at since'),
    to: partyName.optional(),
  })
  .superRefine(({ since, until, bucketMs }, context) => {
    const span = Date.parse(until) - Date.parse(since)
    if (span <= 0) context.addIssue({ code: 'custom', path: ['until'], message: 'is not after since' })
    if (span <= bucketMs * MAX_BUCKETS) return
    const message = `makes more than ${MAX_BUCKETS} buckets; take wider ones`
    context.addIssue({ code: 'custom', path: ['bucketMs'], message })
  })

const outcomes = z.object({
  delivered: z.int(),
  failed: z.int(),
  inDoubt: z.int(),
  cancelled: z.int(),
  expired: z.int(),
  p50: z
    .number()
    .nullable()
    .describe('ms that half of the deliveries took at most; null: nothing was measured'),
  p95: z.number().nullable(),
})

export const statsHistoryResult = z.object({
  buckets: z
    .array(outcomes.extend({ start: z.iso.datetime() }))
    .describe('every one of them, also the empty'),
  perAgent: z.record(partyName, outcomes),
  total: outcomes,
})

export type Stats = z.infer<typeof statsResult>
export type Outcomes = z.infer<typeof outcomes>
export type StatsHistory = z.infer<typeof statsHistoryResult>
