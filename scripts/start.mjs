import { join } from 'node:path'
import { desktopEnvironment, requireDisplay, runInForeground, sandboxFlags } from './lib/foreground.mjs'
import { projectRoot } from './lib/paths.mjs'
import { whenStarted } from './lib/progress.mjs'
import { setup } from './setup.mjs'

await whenStarted(import.meta.url, async () => {
  const isHeadless = process.argv.includes('--headless')
  if (!isHeadless) requireDisplay()
  const { executable } = await setup({ desktop: false })
  if (isHeadless)
    return runInForeground(process.execPath, [
      join(projectRoot, 'out', 'cli', 'waggle.js'),
      'start',
      '--headless',
    ])
  return runInForeground(executable, [...sandboxFlags, projectRoot, ...process.argv.slice(2)], {
    env: desktopEnvironment(),
  })
})
