import { loadavg } from 'node:os'
import { expect, test } from 'vitest'
import { percentile } from '../../demo/percentile'
import { withStage } from '../../demo/stage'
import { say } from '../../scripts/lib/progress.mjs'
import { duration } from '../../demo/table'
import type { Message } from '../../src/contract/message'
import { manySenders, openAgents } from '../windows/many-senders'
import { openStage } from '../windows/stage'
import { startWaggle } from '../windows/waggle'

// The same messages to four plain and rich inputs each, under Wine and on X11, one after the other on the same machine;
// each is read back by copying.

const numbers = { senders: 8, each: 5 }
const windows = 4

function tell(where: string, messages: readonly Message[]): void {
  const took = messages.map(({ timings }) => timings?.deliveryMs ?? Number.NaN)
  const [p50, p95] = [50, 95].map((share) => duration(percentile(took, share)))
  const load = loadavg()[0]?.toFixed(1)
  say(`${where}: ${took.length} of ${took.length} right, p50 ${p50}, p95 ${p95} a message, load ${load}`)
}

test(
  '8 senders, 5 messages each, under Wine: each message arrives once, in the right window',
  { timeout: 400_000 },
  async () => {
    const waggle = await startWaggle()
    try {
      const target = await openAgents(waggle, await openStage())
      tell('Wine', await manySenders(target, numbers))
    } finally {
      await waggle.stop()
    }
  },
)

test('the same on X11', { timeout: 400_000 }, async () => {
  const { signal } = new AbortController()
  const stage = { here: false, inTray: true, tree: false, say, signal }
  await withStage(stage, async ({ agents, client, windows: opened }) => {
    const names = opened.slice(0, windows).map(({ name }) => name)
    expect(names).toHaveLength(windows)
    const target = {
      names,
      call: client.call.bind(client),
      submitted: async () => agents.submissions(),
    }
    tell('X11', await manySenders(target, numbers))
  })
})
