import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { run } from '../scripts/lib/run.mjs'
import { setup } from '../scripts/setup.mjs'
import { startVirtualDesktop } from '../scripts/desktop.mjs'
import { percentile } from '../demo/percentile'
import type { Desktop } from '../src/main/desktop/desktop'
import { openX11Desktop } from '../src/main/desktop/x11/desktop'
import { startApp, type RunningApp } from '../test/harness/app'
import { startTrayHost, type TrayItem } from '../test/harness/tray-host'
import { cpuOver } from './cpu'
import { printTable } from './table'

const TIMES = 10
const IDLE_MS = 10_000

/** Chromium gives memory back once, some ten seconds after a page was hidden (measured: 0.1 s of work, then none). */
const TIDYING_MS = 15_000

/**
 * Prints how long the window takes from the click in the tray until it stands on the screen, for the first time and
 * again, and how much CPU the app uses with the window shown and nothing to do. Uses a virtual desktop of its own.
 */
export async function benchWindow(): Promise<void> {
  await setup({ desktop: true })
  const virtual = await startVirtualDesktop()
  Object.assign(process.env, virtual.env)
  const folder = mkdtempSync(join(tmpdir(), 'waggle-bench-'))
  const host = await startTrayHost()
  const desktop = await openX11Desktop(process.env['DISPLAY'] ?? '')
  const app = await startApp({ home: join(folder, 'home'), args: ['--hidden'] })
  try {
    await measure(app, await host.item(app.process.pid ?? 0), desktop)
  } finally {
    await app.stop()
    desktop.close()
    host.close()
    await virtual.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function measure(app: RunningApp, tray: TrayItem, desktop: Desktop): Promise<void> {
  // A start is not idle: the pages are read and the quick-send window is made some seconds later.
  await settled(app)
  const first = await openMs(tray, desktop)
  const again: number[] = []
  for (let time = 0; time < TIMES; time++) {
    await close(desktop)
    again.push(await openMs(tray, desktop))
  }
  printTable('The window, ms from the click in the tray until it stands on the screen', [
    ['first time', Math.round(first)],
    [`again, p50 of ${TIMES}`, Math.round(percentile(again, 50))],
    ['again, longest', Math.round(Math.max(...again))],
  ])
  await settled(app)
  const shown = await cpuOver(app.process.pid ?? 0, IDLE_MS)
  await close(desktop)
  await delay(TIDYING_MS)
  await settled(app)
  const hidden = await cpuOver(app.process.pid ?? 0, IDLE_MS)
  printTable(`CPU of all processes while idle, over ${IDLE_MS / 1000} s`, [
    ['window shown', `${shown.percent.toFixed(2)} %`],
    ['in the tray', `${hidden.percent.toFixed(2)} %`],
    ['processes', shown.processes],
  ])
}

/** Waits until a second has passed in which the app did next to nothing; at most half a minute. */
async function settled({ process: { pid = 0 } }: RunningApp): Promise<void> {
  const end = performance.now() + 30_000
  // The longest timer that a start sets runs out first.
  await cpuOver(pid, 4000)
  while ((await cpuOver(pid, 1000)).percent > 1 && performance.now() < end);
}

const isWaggle = ({ title }: { title: string }) => title === 'Waggle'

async function openMs(tray: TrayItem, desktop: Desktop): Promise<number> {
  const start = performance.now()
  await tray.activate()
  while (!(await desktop.windows()).some(isWaggle));
  return performance.now() - start
}

/** As a person does, by the window manager's key. */
async function close(desktop: Desktop): Promise<void> {
  while ((await desktop.windows()).some(isWaggle)) {
    await run('xdotool', ['key', 'alt+F4'], { capture: true, timeoutMs: 2000 })
    await delay(50)
  }
}
