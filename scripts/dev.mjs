import { join } from 'node:path'
import { desktopEnvironment, requireDisplay, runInForeground, sandboxFlags } from './lib/foreground.mjs'
import { projectRoot } from './lib/paths.mjs'
import { whenStarted } from './lib/progress.mjs'
import { setup } from './setup.mjs'

await whenStarted(import.meta.url, async () => {
  requireDisplay()
  const { executable } = await setup({ desktop: false, build: false })
  const vite = join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const sandbox = sandboxFlags.length > 0 ? { NO_SANDBOX: '1' } : {}
  return runInForeground(process.execPath, [vite, 'dev', '--watch', ...process.argv.slice(2)], {
    cwd: projectRoot,
    env: { ...desktopEnvironment(), ...sandbox, ELECTRON_EXEC_PATH: executable },
  })
})
