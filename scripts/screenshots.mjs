// Takes the pictures of the README from the real app, on a desktop of its own: npm run screenshots [-- NAME …]
import { pathToFileURL } from 'node:url'
import { bundle } from './lib/bundle.mjs'
import { whenStarted } from './lib/progress.mjs'
import { setup } from './setup.mjs'

await whenStarted(import.meta.url, async () => {
  await setup({ desktop: true })
  await import(pathToFileURL(await bundle('demo/screenshots/main.ts', 'screenshots')).href)
})
