import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { percentile } from '../demo/percentile'
import { projectRoot } from '../scripts/lib/paths.mjs'
import { setup } from '../scripts/setup.mjs'
import type { Endpoint } from '../src/contract/endpoint'
import { openPipeClient } from '../test/harness/pipe-client'
import { loadPipe } from './pipe-load'
import { printTable } from './table'

const CLIENTS = 16
const ROUNDS = 4
const ROUND_MS = 2500

/**
 * Prints how many acknowledgements a second a Waggle without a desktop gives 16 clients over the pipe: plain Node, beside which
 * `scale` shows what Electron's loop adds.
 */
export async function benchPipe(): Promise<void> {
  await setup({ desktop: false })
  const home = mkdtempSync(join(tmpdir(), 'waggle-bench-'))
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env
  const child = spawn(process.execPath, [join(projectRoot, 'out/cli/waggle.js'), 'start', '--headless'], {
    env: { ...env, WAGGLE_HOME: home, WAGGLE_LOCK: join(home, 'desktop') },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const gone = once(child, 'exit')
  try {
    await Promise.race([once(child.stdout, 'data'), gone])
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by Waggle
    const endpoint = JSON.parse(readFileSync(join(home, 'endpoint.json'), 'utf8')) as Endpoint
    const pipe = await openPipeClient(endpoint)
    await pipe.call('queue.pause', {})
    for (let agent = 0; agent < 8; agent += 1)
      await pipe.call('agent.set', { name: `Agent-${agent}`, command: ['true'] })
    await pipe.call('settings.set', { changes: { queue: { limit: 1_000_000 } } })
    pipe.close()
    await printRounds(endpoint.path)
  } finally {
    child.kill('SIGTERM')
    await gone
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function printRounds(path: string): Promise<void> {
  const rows: [string, string][] = []
  for (const [ahead, name] of [
    [1, 'each waits for its acknowledgement'],
    [32, 'each with 32 messages on their way'],
  ] as const) {
    const rates: number[] = []
    for (let round = 0; round < ROUNDS; round += 1)
      rates.push((await loadPipe(path, { clients: CLIENTS, ms: ROUND_MS, ahead })).perSecond)
    const [p50, least, most] = [percentile(rates, 50), Math.min(...rates), Math.max(...rates)]
    rows.push([name, [p50, least, most].map((rate) => rate.toFixed(0)).join('  ')])
  }
  printTable(
    `Acknowledgements a second, ${CLIENTS} clients over the pipe, no desktop: p50, least, most`,
    rows,
  )
}
