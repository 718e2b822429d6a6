// Eight agents, the real app and real sender processes on a desktop of their own: npm run demo [-- --here]
import { pathToFileURL } from 'node:url'
import { bundle } from './lib/bundle.mjs'
import { requireDisplay } from './lib/foreground.mjs'
import { whenStarted } from './lib/progress.mjs'
import { setup } from './setup.mjs'

await whenStarted(import.meta.url, async () => {
  const here = process.argv.includes('--here')
  if (here) requireDisplay()
  await setup({ desktop: !here })
  await import(pathToFileURL(await bundle('demo/main.ts', 'demo')).href)
  return Number(process.exitCode ?? 0)
})
