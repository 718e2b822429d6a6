import { startVirtualDesktop } from '../../scripts/desktop.mjs'

let shared: Promise<() => Promise<void>> | undefined

/**
 * Tests move the mouse, so they get a desktop of their own, one for all suites of a run; `WAGGLE_TEST_DISPLAY=own` says
 * that the present one may be used.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.WAGGLE_TEST_DISPLAY === 'own') return undefined
  if (process.env.WAGGLE_TEST_DISPLAY === 'virtual') return undefined
  shared ??= start()
  return shared
}

async function start(): Promise<() => Promise<void>> {
  const { env, stop } = await startVirtualDesktop()
  process.env.WAGGLE_TEST_DISPLAY = 'virtual'
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  return stop
}
