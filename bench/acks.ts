import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../src/main/clock'
import type { MessageStore } from '../src/main/queue/message-store'
import { openSqliteMessageStore } from '../src/main/queue/sqlite-message-store'
import { printTable } from './table'
import { sampleMessage } from './sample'

const CLIENTS = 16
const ROUNDS = 5
const ROUND_MS = 600

export interface AcksResult {
  /** Durable acknowledgements a second with 16 clients whose inserts share commits. */
  readonly shared: number
  /** The same with a commit for each message. */
  readonly single: number
}

/**
 * Prints how many messages a second are safe on disk with 16 clients at once, beside one commit a message, measured in
 * turns on the same disk so that both meet the same weather.
 */
export async function benchAcks(): Promise<AcksResult> {
  const folder = mkdtempSync(join(tmpdir(), 'waggle-bench-'))
  const open = (name: string) => openSqliteMessageStore({ path: join(folder, name), clock: systemClock })
  const [shared, single] = [open('shared.db'), open('single.db')]
  try {
    const rounds: AcksResult[] = []
    await acksPerSecond(shared, CLIENTS)
    await acksPerSecond(single, 1)
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({ shared: await acksPerSecond(shared, CLIENTS), single: await acksPerSecond(single, 1) })
    }
    const result = {
      shared: median(rounds.map((one) => one.shared)),
      single: median(rounds.map((one) => one.single)),
    }
    printTable('Durable acks a second (SQLite, WAL, synchronous=FULL)', [
      ['16 clients, commits shared', Math.round(result.shared)],
      ['one commit a message', Math.round(result.single)],
      ['times as many', (result.shared / result.single).toFixed(1)],
    ])
    return result
  } finally {
    shared.close()
    single.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Each client sends its next message once the last one is acknowledged. */
async function acksPerSecond(store: MessageStore, clients: number): Promise<number> {
  let acks = 0
  const start = performance.now()
  const client = async (number: number) => {
    while (performance.now() - start < ROUND_MS) {
      await store.insert([sampleMessage(acks, number)])
      acks += 1
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)))
  return (acks * 1000) / (performance.now() - start)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
