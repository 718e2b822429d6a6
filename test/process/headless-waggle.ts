import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { buildPrograms, newHome } from './programs'
import { atEnd, type WaysServer } from './terminals'

/** The built Waggle itself, as `waggle start --headless` runs it; there is no display. */
export async function startHeadless(
  home = newHome(),
): Promise<WaysServer & { stop(): Promise<number | null> }> {
  await buildPrograms()
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env
  const child = spawn(process.execPath, [resolve('out/cli/waggle.js'), 'start', '--headless'], {
    env: { ...env, WAGGLE_HOME: home, WAGGLE_LOCK: join(home, 'desktop') },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const gone = once(child, 'exit')
  atEnd(() => child.kill('SIGKILL'))
  await Promise.race([once(child.stdout, 'data'), gone])
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await gone
    return child.exitCode
  }
  return { home, process: child, kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') }
}
