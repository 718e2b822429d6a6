import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../../scripts/lib/paths.mjs'

const rooms = readdirSync(join(projectRoot, 'test'))

/** What stands in backticks and begins with the name of a room of tests. */
function namedIn(document: string): string[] {
  const text = readFileSync(join(projectRoot, 'docs', document), 'utf8')
  const words = [...text.matchAll(/`([a-z-]+\/[a-z0-9/-]+)(?:\.test\.ts)?`/g)].flatMap(
    ([, word]) => word ?? [],
  )
  return words.filter((word) => rooms.includes(word.split('/')[0] ?? ''))
}

const exists = (name: string) =>
  ['.test.ts', '.contract.test.ts'].some((end) => existsSync(join(projectRoot, 'test', name + end)))

test.each([
  ['reliability.md', 25],
  ['security.md', 2],
])('every test that %s names is there', (document, least) => {
  const named = namedIn(document)
  expect(named.length).toBeGreaterThanOrEqual(least)
  expect(named.filter((name) => !exists(name))).toEqual([])
})
