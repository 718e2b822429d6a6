// Writes docs/protocol.md from the contract; with --check fails when that page is out of date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'

const root = join(import.meta.dirname, '..')
const page = join(root, 'docs', 'protocol.md')

/**
 * The page as the contract has it. That is TypeScript, so it is bundled first and then imported.
 * @returns {Promise<string>}
 */
async function writtenFromContract() {
  const outDir = join(root, '.cache', 'protocol')
  const ssr = join(root, 'scripts', 'protocol', 'page.ts')
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: { ssr, outDir, target: 'node20.18', emptyOutDir: true },
  })
  const bundle = /** @type {{ protocolPage: (frame: string) => string }} */ (
    await import(pathToFileURL(join(outDir, 'page.js')).href)
  )
  return bundle.protocolPage(readFileSync(join(root, 'scripts', 'protocol', 'frame.md'), 'utf8'))
}

const wanted = await writtenFromContract()
if (!process.argv.includes('--check')) {
  writeFileSync(page, wanted)
  console.log('Wrote docs/protocol.md.')
} else if (existsSync(page) && readFileSync(page, 'utf8') === wanted) {
  console.log('docs/protocol.md is what the contract says.')
} else {
  console.error('docs/protocol.md is not what the contract says. Run "npm run protocol" and commit the page.')
  process.exitCode = 1
}
