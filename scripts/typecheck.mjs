import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './lib/paths.mjs'
import { whenStarted } from './lib/progress.mjs'
import { run } from './lib/run.mjs'

/** Checks every part of the source under its own tsconfig, which is what keeps, say, Node out of the contract. */
async function typecheck() {
  const parts = readdirSync(join(projectRoot, 'src')).map((name) => join('src', name))
  const pages = ['test/agents/page', 'test/inputs/page']
  const projects = [
    '.',
    ...pages,
    ...parts.filter((part) => existsSync(join(projectRoot, part, 'tsconfig.json'))),
  ]
  const tsc = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc')
  let failed = 0
  for (const project of projects) {
    const { code } = await run(process.execPath, [tsc, '-p', project], { cwd: projectRoot })
    if (code !== 0) failed += 1
  }
  return failed === 0 ? 0 : 1
}

await whenStarted(import.meta.url, typecheck)
