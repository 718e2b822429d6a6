import { desktopEnvironment, requireDisplay, runInForeground, sandboxFlags } from './lib/foreground.mjs'
import { projectRoot } from './lib/paths.mjs'
import { whenStarted } from './lib/progress.mjs'
import { setup } from './setup.mjs'

await whenStarted(import.meta.url, async () => {
  requireDisplay()
  const { executable } = await setup({ desktop: false })
  return runInForeground(executable, [...sandboxFlags, projectRoot, ...process.argv.slice(2)], {
    env: desktopEnvironment(),
  })
})
