import { z } from 'zod'
import { agentSchema } from '../contract/agent'

const positiveMs = z.int().positive()

/** The whole of `settings.json`; every field has a default, so an empty file is a valid one. */
export const settingsSchema = z.object({
  agents: z.record(z.string(), agentSchema).default({}),
  lock: z
    .object({
      path: z.string().optional(),
      retryMs: positiveMs.default(100).describe('first pause between two tries for the lock'),
      retryFactor: z.number().min(1).default(1.5),
      retryMaxMs: positiveMs.default(2000),
      timeoutMs: positiveMs.default(30_000),
    })
    .prefault({}),
  queue: z.object({ limit: z.int().positive().default(10_000) }).prefault({}),
  delivery: z
    .object({
      attempts: z.int().positive().default(5),
      retryMs: positiveMs.default(500).describe('pause after the first failed attempt; it doubles'),
    })
    .prefault({}),
})

export type Settings = z.infer<typeof settingsSchema>
