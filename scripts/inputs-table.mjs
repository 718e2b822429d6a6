import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readJson } from './lib/json.mjs'
import { cacheFolder, projectRoot } from './lib/paths.mjs'
import { say, Stop, whenStarted } from './lib/progress.mjs'

// Makes docs/inputs.md from what `npm run inputs` saw last.

/** What the columns are called, by how a test's name begins. */
const columns = /** @type {const} */ ([
  ['gets several lines', 'three lines'],
  ['gets a message once it takes Enter', 'Enter ignored for a while'],
  ['that is disabled while', 'disabled while it answers'],
  ['whose Enter takes a suggestion', 'Enter takes a suggestion'],
  ['whose page moves the focus', 'focus moves to another field'],
  ['that turns a long paste', 'paste becomes an attachment'],
  ['that rewrites what is pasted', 'paste is rewritten'],
  ['that changes the text at Enter', 'Enter changes the text'],
  ['that makes a new line of Enter', 'Enter makes a new line'],
  ['keeps a plain draft', 'plain draft'],
  ['keeps a draft that is more', 'draft with chip or bold'],
  ['whose page asks', 'dialog'],
  ['that moves once', 'input moves'],
  ['that empties late', 'empties late; length limit'],
])

/** @typedef {{ancestorTitles: string[], title: string, status: string, meta?: {ended?: string[]}}} Result */

/** @param {Result} result */
function cell({ status, meta }) {
  if (status !== 'passed') return `**${status}**`
  const seen = [...new Set(meta?.ended ?? [])]
  return seen.length === 0 ? '-' : seen.join(', ')
}

/**
 * @param {readonly Result[]} results
 * @param {string} by
 */
function table(results, by) {
  const widgets = [...new Set(results.map(({ ancestorTitles }) => ancestorTitles[0] ?? ''))]
    .filter((name) => name.endsWith(` by ${by}`))
    .toSorted()
  if (widgets.length === 0) return 'Not seen yet: `npm run inputs`.'
  const head = ['', ...widgets.map((name) => name.replace(` by ${by}`, ''))]
  const rows = columns.map(([begins, name]) => [
    name,
    ...widgets.map((widget) => {
      const found = results.find(
        ({ ancestorTitles, title }) => ancestorTitles[0] === widget && title.startsWith(begins),
      )
      return found ? cell(found) : ''
    }),
  ])
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

await whenStarted(import.meta.url, async () => {
  const all = ['real-inputs', 'long-inputs'].map((name) => join(cacheFolder, 'test', `${name}.json`))
  const reports = all.filter((path) => existsSync(path))
  if (reports.length === 0) throw new Stop('The tests have not been run here: npm run inputs')
  /** @type {{testResults: {assertionResults: Result[]}[]}[]} */
  const read = reports.map((path) => readJson(path))
  const results = read.flatMap(({ testResults }) =>
    testResults.flatMap(({ assertionResults }) => assertionResults),
  )
  const text = `# Inputs

What deliveries to the editors that agents' chats are made of end with, as \`npm run inputs\` saw it last (\`node scripts/inputs-table.mjs\` makes this page of it).
Each cell names how its messages ended or stood when the test was over; each was checked against the editor's own document at its own Enter handler: nothing delivered
falsely, lost, sent twice, and no draft changed. \`in-doubt: not-accepted\` tells what stands there instead; \`failed: not-accepted\` was taken out again.

## By the accessibility tree

${table(results, 'tree')}

## By copying

${table(results, 'copy')}
`
  writeFileSync(join(projectRoot, 'docs', 'inputs.md'), text)
  say('Wrote docs/inputs.md.')
  return 0
})
