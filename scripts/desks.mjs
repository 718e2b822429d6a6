import { writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readJson } from './lib/json.mjs'
import { cacheFolder, projectRoot } from './lib/paths.mjs'
import { say, whenStarted } from './lib/progress.mjs'
import { npm, run } from './lib/run.mjs'
import { setup } from './setup.mjs'

// `npm run desks [-- NAME…]`: real window managers and clipboard managers, and docs/desks.md of what was seen.
// `npm run desks -- --page`: the page alone, of what was seen last.
// `npm run desks -- --draws 200 [--seed 1]`: desks drawn by chance.

/** @typedef {{ancestorTitles: string[], title: string, status: string, meta?: {cell?: string}}} Result */

const report = join(cacheFolder, 'test', 'desks.json')

/** @param {Result | undefined} result */
function cell(result) {
  if (!result || result.status === 'skipped') return ''
  return result.status === 'passed' ? (result.meta?.cell ?? '-') : '**fails**'
}

/** @param {Result} result */
function nameOf({ ancestorTitles }) {
  return (ancestorTitles[0] ?? '').replaceAll(/^'|'$/g, '')
}

/**
 * One row a desk, one column a scenario; why messages wait is told below.
 * @param {readonly Result[]} results
 */
function managersTable(results) {
  const titles = [...new Set(results.map(({ title }) => title))]
  /** @type {Map<string, string>} */
  const notes = new Map()
  /** @param {string} text */
  const short = (text) => {
    if (!text.startsWith('waits: ')) return text
    const why = text.slice('waits: '.length)
    if (!notes.has(why)) notes.set(why, String(notes.size + 1))
    return `waits (${notes.get(why)})`
  }
  const names = [...new Set(results.map(nameOf))]
  const rows = names.map((name) => [
    name,
    ...titles.map((title) => short(cell(results.find((one) => nameOf(one) === name && one.title === title)))),
  ])
  const head = ['', ...titles]
  const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`)
  return [...table, '', ...[...notes].map(([why, number]) => `(${number}) ${why}`)].join('\n')
}

/** @param {readonly Result[]} results */
function clipboardTable(results) {
  const rows = results.map((result) => [nameOf(result), cell(result)])
  return [['clipboard manager', ''], ['---', '---'], ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
}

function writePage() {
  /** @type {{testResults: {name: string, assertionResults: Result[]}[]}} */
  const { testResults } = readJson(report)
  /** @param {string} file */
  const of = (file) =>
    testResults.filter(({ name }) => name.endsWith(file)).flatMap(({ assertionResults }) => assertionResults)
  const page = `# Desks

What \`npm run desks\` saw last, which made this page: Debian's window managers and clipboard managers, each with a person, three agents and Waggle.
The agents' own logs told where each message went, the X server how the desk was left.

## Window managers

\`ok\`: each message is in its agent's log and in no other's, and workspace, focus, pointer, and what is fullscreen, minimized, rolled up or on top are as before, looked at
again once all was given back. \`waits\`: it is not delivered, and says why. \`-\`: this window manager has no such thing. Empty: not tried. Each row is a desktop of its own, with the window
manager's own settings but for what its name says: *strict* steals no focus (xfwm4's \`activate_action=none\`, KWin's level *Extreme*).

${managersTable(of('managers.test.ts'))}

## Clipboard managers

\`ok\`: three messages were delivered, and what had been copied and what had been marked are as before.

${clipboardTable(of('clipboard.test.ts'))}

## What cannot be given back

${NOT_GIVEN_BACK}
`
  writeFileSync(join(projectRoot, 'docs', 'desks.md'), page)
  say('Wrote docs/desks.md.')
}

const NOT_GIVEN_BACK = `- Which of several windows lies over which, but for the person's own in front; nor which tab of a frame of fluxbox or IceWM was shown.
- dwm brings no window to the front for a program: agents whose inputs can be seen get their messages, others wait, and the doctor says so.`

async function makePage() {
  writePage()
  const [format, words] = npm(['run', '--silent', 'format'])
  await run(format, [...words, '--', 'docs/desks.md'], { cwd: projectRoot })
}

await whenStarted(import.meta.url, async () => {
  const { values, positionals } = parseArgs({
    options: { draws: { type: 'string' }, seed: { type: 'string' }, page: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (values.page) {
    await makePage()
    return 0
  }
  const env = {
    ...process.env,
    ...(positionals.length > 0 && { WAGGLE_DESKS: positionals.join('|') }),
    ...(values.draws !== undefined && { WAGGLE_DRAWS: values.draws, WAGGLE_SEED: values.seed ?? '1' }),
  }
  await setup({ desktop: true, inputs: false, build: false })
  const vitest = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs')
  const file = values.draws !== undefined ? ['draws'] : positionals.length > 0 ? ['managers'] : []
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  await rm(report, { force: true })
  const words = [vitest, 'run', '--project', 'desks', ...file, ...reporters]
  const { code } = await run(process.execPath, words, { cwd: projectRoot, env })
  // A part of the tables is none.
  if (positionals.length === 0 && values.draws === undefined) {
    await makePage()
  }
  return code
})
