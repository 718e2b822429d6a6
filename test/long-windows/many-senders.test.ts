import { afterAll, beforeAll, test } from 'vitest'
import { manySenders } from '../windows/many-senders'
import { openStage } from '../windows/stage'
import { startWaggle, type WineWaggle } from '../windows/waggle'

let waggle: WineWaggle

beforeAll(async () => {
  waggle = await startWaggle()
})
afterAll(async () => waggle.stop())

test(
  '8 senders, 5 messages each: each message arrives once, in the right window',
  { timeout: 400_000 },
  async () => {
    const messages = await manySenders(waggle, await openStage(), { windows: 4, senders: 8, each: 5 })
    const took = messages.map(({ timings }) => timings?.deliveryMs ?? 0).toSorted((a, b) => a - b)
    const at = (share: number) => `${Math.round(took[Math.floor(took.length * share)] ?? 0)} ms`
    process.stderr.write(`${took.length} of ${took.length} right: p50 ${at(0.5)}, p95 ${at(0.95)}\n`)
  },
)
