import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startVirtualDesktop } from '../scripts/desktop.mjs'
import { projectRoot } from '../scripts/lib/paths.mjs'
import { Stop } from '../scripts/lib/progress.mjs'
import { setup } from '../scripts/setup.mjs'
import { percentile } from '../demo/percentile'
import { startApp } from '../test/harness/app'
import { openPipeClient } from '../test/harness/pipe-client'
import { printTable } from './table'

const TIMES = 30

/**
 * Prints how long `waggle send` takes as a whole process, from its start until it has ended with the message safe on
 * disk, beside a Node that does nothing, in turns. Uses a virtual desktop of its own.
 */
export async function benchSend(): Promise<void> {
  await setup({ desktop: true })
  const virtual = await startVirtualDesktop()
  Object.assign(process.env, virtual.env)
  const folder = mkdtempSync(join(tmpdir(), 'waggle-bench-'))
  const home = join(folder, 'home')
  const app = await startApp({ home, args: ['--hidden'] })
  const pipe = await openPipeClient(app.endpoint)
  try {
    // What is measured is the sender: a delivery would take the other core.
    await pipe.call('queue.pause', {})
    await pipe.call('agent.set', { name: 'Agent-1', at: [10, 10] })
    const command = [
      join(projectRoot, 'out/cli/waggle.js'),
      'send',
      '--agent',
      'Agent-1',
      '--message',
      'Hello',
    ]
    const [send, nothing]: [number[], number[]] = [[], []]
    for (let time = 0; time < TIMES; time++) {
      nothing.push(processMs(['-e', '0'], home))
      send.push(processMs(command, home))
    }
    printTable('One message, ms from the start of the process to its end', [
      [`waggle send, p50 of ${TIMES}`, Math.round(percentile(send, 50))],
      ['waggle send, p95', Math.round(percentile(send, 95))],
      ['node -e 0, p50', Math.round(percentile(nothing, 50))],
    ])
  } finally {
    pipe.close()
    await app.stop()
    await virtual.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function processMs(args: readonly string[], home: string): number {
  const start = performance.now()
  const env = { ...process.env, WAGGLE_HOME: home }
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
  if (status !== 0) throw new Stop(`node ${args.join(' ')} ended with ${status}: ${stderr}`)
  return performance.now() - start
}
