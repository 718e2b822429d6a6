// The types of the client for Node programs, as `waggle/client` offers them: out/client/types. Node, and TypeScript as it
// follows Node, want the end of a file's name where our sources leave it out.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './lib/paths.mjs'
import { whenStarted } from './lib/progress.mjs'
import { run } from './lib/run.mjs'

const folder = join(projectRoot, 'out', 'client', 'types')

await whenStarted(import.meta.url, async () => {
  const tsc = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc')
  const source = join(projectRoot, 'src')
  const emit = [
    '--noEmit',
    'false',
    '--declaration',
    '--emitDeclarationOnly',
    '--rootDir',
    source,
    '--outDir',
    folder,
  ]
  const { code } = await run(process.execPath, [tsc, '-p', join(source, 'client'), ...emit])
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (!path.endsWith('.d.ts')) continue
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replaceAll(/((?:from|import\()\s*["']\.[^"']*)(?=["'])/g, '$1.js'),
    )
  }
  return code
})
